"""The machine: dates, money, columns, the words of a rule, documents, deciding. Standard library only; no files, no clock."""
