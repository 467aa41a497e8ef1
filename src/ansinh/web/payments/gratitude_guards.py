# ruff: noqa: S608 - every word of these conditions is written here.
"""What the databases refuse of the fund of gratitude and of the care of Mothers, as guards.py does of the ledger.

Records are added and nothing else; a correction takes another back whole, once; receipts are numbered without a gap, none is
written for who did not agree, and no more is paid to the fund than was collected.
"""

from __future__ import annotations

from ansinh.web.payments.gratitude_models import Choice, FundAct
from ansinh.web.payments.guards import Guard

ENTRY, CARE, GIFT, MOTHER = "payments_fundentry", "payments_carepayment", "payments_caregift", "payments_mother"
# Tables whose rows are only added.
KEPT = {
    "payments_campaign": "a campaign",
    "payments_fundplan": "a plan",
    "payments_fundanswer": "an answer",
    ENTRY: "an entry of the fund",
    "payments_mothernote": "a note",
    "payments_commitment": "a commitment",
    "payments_commitmentterms": "the terms of a commitment",
    "payments_commitmentturn": "a turn of a commitment",
    CARE: "a payment to a Mother",
    GIFT: "a gift to a Mother",
}


def _same(*columns: str) -> str:
    return " AND ".join(f"one.{column} = NEW.{column}" for column in columns)


def _takes_back(table: str, columns: tuple[str, ...], amounts: tuple[str, ...]) -> str:
    """A correction that does not take back the whole of an entry of the same kind, or takes back a correction."""
    whole = " AND ".join(f"one.{amount} = -NEW.{amount}" for amount in amounts)
    found = f"SELECT 1 FROM {table} one WHERE one.id = NEW.corrects_id AND one.corrects_id IS NULL"
    return f"NEW.corrects_id IS NOT NULL AND NOT EXISTS ({found} AND {_same(*columns)} AND {whole})"


def _once(table: str) -> str:
    """SQLite's REPLACE would make room by deleting, for which it asks no trigger."""
    return f"EXISTS (SELECT 1 FROM {table} one WHERE one.id = NEW.id OR one.corrects_id = NEW.corrects_id)"


_UNIT = _same("campaign_id", "school_id")
_SUM = f"COALESCE((SELECT SUM(one.amount_vnd) FROM {ENTRY} one WHERE {_UNIT} AND one.act = '{{}}'), 0)"
_IN, _OUT = _SUM.format(FundAct.RECEIVED), _SUM.format(FundAct.REMITTED)
_NUMBER = f"COALESCE((SELECT MAX(one.number) FROM {ENTRY} one WHERE {_UNIT} AND one.act = NEW.act), 0) + 1"
_CHOICE = (
    f"COALESCE((SELECT one.choice FROM payments_fundanswer one WHERE {_same('campaign_id', 'school_id', 'member')} "
    "ORDER BY one.id DESC LIMIT 1), '')"
)
_REMITTED = (
    f"SELECT 1 FROM {ENTRY} one WHERE one.id = NEW.of_id AND {_UNIT} AND one.act = '{FundAct.REMITTED}' "
    f"AND one.corrects_id IS NULL AND NOT EXISTS (SELECT 1 FROM {ENTRY} back WHERE back.corrects_id = one.id)"
)
_CONFIRMED = f"COALESCE((SELECT SUM(one.amount_vnd) FROM {ENTRY} one WHERE one.of_id = {{}}), 0)"

GUARDS = (
    *(Guard("kept", table, "UPDATE", f"{words} cannot be changed") for table, words in KEPT.items()),
    *(Guard("stays", table, "DELETE", f"{words} cannot be deleted") for table, words in KEPT.items()),
    Guard("stays", MOTHER, "DELETE", "a Mother cannot be deleted"),
    *(
        Guard("replaced", table, "INSERT", f"{words} is written once",
              f"EXISTS (SELECT 1 FROM {table} one WHERE one.id = NEW.id)")
        for table, words in KEPT.items() if table not in (ENTRY, CARE, GIFT)
    ),
    *(
        Guard("once", table, "INSERT", f"{KEPT[table]} is written once, and taken back once", _once(table))
        for table in (ENTRY, CARE, GIFT)
    ),
    Guard("number", ENTRY, "INSERT", "entries of a unit are numbered without a gap", f"NEW.number <> {_NUMBER}"),
    Guard(
        "back", ENTRY, "INSERT", "a correction takes back the whole of an entry of the same kind",
        # What is of no member, or acknowledges nothing, is compared as well.
        _takes_back(ENTRY, ("campaign_id", "school_id", "act"), ("amount_vnd",))
        + f" OR NEW.corrects_id IS NOT NULL AND EXISTS (SELECT 1 FROM {ENTRY} one WHERE one.id = NEW.corrects_id "
        "AND (one.member IS DISTINCT FROM NEW.member OR one.of_id IS DISTINCT FROM NEW.of_id))",
    ),
    Guard(
        "agreed", ENTRY, "INSERT", "nothing is collected from who did not agree",
        f"NEW.act = '{FundAct.RECEIVED}' AND NEW.corrects_id IS NULL AND {_CHOICE} <> '{Choice.AGREED}'",
    ),
    Guard(
        "there", ENTRY, "INSERT", "no more is paid to the fund than was collected",
        f"(NEW.act = '{FundAct.REMITTED}' AND {_OUT} + NEW.amount_vnd > {_IN}) "
        f"OR (NEW.act = '{FundAct.RECEIVED}' AND NEW.amount_vnd < 0 AND {_OUT} > {_IN} + NEW.amount_vnd)",
    ),
    Guard(
        "sent", ENTRY, "INSERT", "no more is acknowledged than was remitted",
        f"NEW.act = '{FundAct.ACKNOWLEDGED}' AND NEW.corrects_id IS NULL AND (NOT EXISTS ({_REMITTED}) OR "
        f"{_CONFIRMED.format('NEW.of_id')} + NEW.amount_vnd > "
        f"(SELECT one.amount_vnd FROM {ENTRY} one WHERE one.id = NEW.of_id))",
    ),
    Guard(
        "answered", ENTRY, "INSERT", "what the board has acknowledged is not taken back",
        f"NEW.act = '{FundAct.REMITTED}' AND NEW.corrects_id IS NOT NULL AND {_CONFIRMED.format('NEW.corrects_id')} <> 0",
    ),
    Guard(
        "answer", "payments_fundanswer", "INSERT", "who has paid is asked again only after it was given back",
        f"NEW.choice <> '{Choice.AGREED}' AND COALESCE((SELECT SUM(one.amount_vnd) FROM {ENTRY} one "
        f"WHERE {_same('campaign_id', 'school_id', 'member')}), 0) > 0",
    ),
    Guard(
        "back", CARE, "INSERT", "a correction takes back the whole of a payment",
        _takes_back(CARE, ("commitment_id", "month"), ("amount_vnd",)),
    ),
    Guard(
        "back", GIFT, "INSERT", "a correction takes back the whole of a gift",
        _takes_back(GIFT, ("mother_id", "occasion"), ("cash_vnd", "things_vnd")),
    ),
)  # fmt: skip
