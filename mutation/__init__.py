"""Mutation testing of the rules: is there a case for whatever could be wrong in them?

A mutant is a rule module with one small change: another comparison, a condition turned round, half of an `and`, a
number one higher, an argument missing, a word written otherwise. The changes are mutmut's and those of
`mutation/changes.py`. A mutant is killed where a case of the codes that its module feeds fails (tests/rules/<CODE>), or
a law (tests/rules/test_*.py) that names one of these codes or holds of each; what nobody kills has survived.

These are no mutants that count, since nothing that they change could be wrong in a way that a case should show:

- docstrings, comments, imports, type annotations and names for types,
- decorators, and whether a Struct is frozen: nothing sets a field,
- what describes a rule (`CODE`, `NAME`, `SEVERITY`, `WHEN`, `READS`, `CHECKLIST`, `CLOCK`): other tests hold it,
- what `len` and `isinstance` are given: without it they fail at once,
- `strict=True` of `zip`: it only says what must be so,
- what differs from the module, or from another mutant, in nothing that Python compiles.

Mutants that do the same as their module in all that can be are listed with the reason in `mutation/equivalent.yaml`
and do not count either.
"""
