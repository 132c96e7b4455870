"""Reading an office's equipment workbook into a plan; no database and no page is known here.

The flow, file by file: `files` opens what was sent (or says why not), `marks` finds formulas and
error cells, `cells` is one sheet in memory (`joining` joins split numbers); `headings` finds the
header rows and says which column is what (`synonyms` is the vocabulary, `hints` reads unknown
headings by their parts, `foreign` knows lists of other things); `rows` says what each row is;
`values` reads one cell for one field (`vocabulary` holds the words); `numbers` reads asset numbers
and ranges; `draft` turns a row into fields; `reading` walks down a sheet; `plan` joins the sheets:
one thing is one item (`planned` is one row of it, `likeness` says what can be the same thing);
`outcomes` compares the plan with the register; `tables` parts tables that stand side by side;
`photo_names` reads the asset numbers that photos are named after. `reasons` is the one table of
what can be wrong.

A row is an item, a match (the same thing stands in another place of the file), refused (with
the reason and the cell), or furniture: title, header, section, total, signature, blank. A range
of numbers ("0135 ถึง 0144") with quantity ten is ten numbers; a quantity of ten with one number
is one row that counts ten.
"""
