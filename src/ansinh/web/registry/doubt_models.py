"""Doubtful pairs as the last comparison of each upload found them, so that a work list need not compare every file anew."""

from __future__ import annotations

from django.db import models


class Doubt(models.Model):
    """Derived: a row of an upload and somebody on record whom it may be. Kept while a person's word on the pair stands.

    number: the row's place in the file from 1. fingerprint: what a word on the row is kept under (`PairDecision.incoming`).
    reasons: codes of `core.identities.Reason`.
    """

    upload = models.ForeignKey("registry.Upload", on_delete=models.CASCADE, related_name="doubts")
    number = models.PositiveIntegerField()
    sheet = models.CharField(max_length=100, blank=True)
    row = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=120, blank=True)
    class_name = models.CharField(max_length=60, blank=True)
    fingerprint = models.CharField(max_length=64, db_index=True)
    person = models.ForeignKey("registry.Person", on_delete=models.CASCADE, related_name="doubts")
    reasons = models.JSONField(default=list)

    class Meta:
        ordering = ("upload", "number", "pk")
        constraints = (models.UniqueConstraint(fields=["upload", "number", "person"], name="doubt_once"),)

    def __str__(self) -> str:
        return f"{self.name}, {self.person_id}"
