"""A planted register: what payers told over two years, and what has to come of it, reckoned apart from the portal.

`register.planted(seed)` makes the cases; `run.run` lets time pass; `measure.measured` compares; `messages.messages`
writes the same reports as their payers send them to the register. The law is `reckoner`'s, from the published
figures.

What the sources or the register leave open, and what is accepted for it:

- Pregnancy or parental allowance: one cause of absence stands for both. Of a woman either, raised for 16 days, 40 or
  both.
- A later leave of the same parent: the same child or another. Income of either time, raised days used or not.
- The wait of a rehabilitation follows from its kind: none, the first day, or ten. Any; a short one may be found or
  not.
- A relapse within 30 days: the same illness waits for a day, another for ten. Either; so after annual leave in the
  middle.
- Partial sick leave right after sick leave: waits or does not. Where the time to ask runs from the day the benefit is
  wanted from: the first day of the absence, or the first that is paid.
- Once it is too late for the first days, the benefit may be wanted from a later day (15:4): rows of what is left are
  accepted, and each is judged by itself. Not for sickness allowance, whose time runs from the onset.
- Costs of annual leave: capped by the month's own holiday pay, which is not in the register: the sum without it, or
  none.
- The same days told twice: one pay or two.
- A rejected application: it was claimed, and can be claimed anew. Either.
- Pay or days that are masked, days after the end of the employment, a Saturday between two told weeks: may be found.
"""
