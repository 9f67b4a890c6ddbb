"""From definitions to figures, and from figures to what is read. The rooms, in the order in which a
report passes through them:

counting: `measures/` declares, `populations/` selects, `judges` and `cuts` count, `figures` draws,
`comparison` and `trends` set periods side by side, `reconciliation` adds up, `tracing` and
`to_mend` lead back to records.
hiding: `cells` lays what is printed, `spans` ties periods, `counts` is what the solver knows,
`suppression` chooses, `attack` tries it, `programme` solves for both, `disclosure` joins them,
`public_edition` words it.
writing: `quoting` and `draft_words` put figures into a text; `claims`, `directions`, `topics`,
`facts` and `contradictions` hold a text against them; `checked` does so for a report.
showing: `contents` and `plan` say which tables there are, `tables`, `wide` and `charts` make them,
`document` is what every format shows; `pdf*`, `slide`, `sheets`, `xlsx`, `ods`, `tidy`, `dataset`
and `html` are formats, listed in `files`.
answering: `choosing`, `answer` and `reply` are for questions from outside.
keeping: `stored` goes between all this and the records of reports and answers.
"""
