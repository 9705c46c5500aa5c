## TOML

backslash-in-text = a backslash in a string must be escaped
    .help = write `{ $fixed }`
bare-date = a date must be in quotes, with digits and hyphens
    .help = write `{ $fixed }`
bare-list = a list must be in brackets
    .help = write `{ $fixed }`
bare-name = a name with such characters must be in quotes
    .help = write `{ $fixed }`
bare-text = a string must be in quotes
    .help = write `{ $fixed }`
colon-for-equals = expected `=` between name and value, found a colon
    .help = write { $has_fixed ->
    [yes] `{ $fixed }`
   *[no] a field as `name = "value"`
}
duplicate-key = duplicate key `{ $key }`
    .help = keep one of the two; the first is `{ $first }`
look-alike-sign = { $looks_like ->
    [quotation-mark] expected a straight quotation mark, found { $sign }
    [comma] expected an ASCII comma, found { $sign }
    [blank] expected an ordinary space, found { $number }
    [colon] expected `=` between name and value, found { $sign }
    [sign] expected `{ $meant }`, found the full-width sign { $sign }
   *[none] unexpected character { $sign }
}
    .help = write { $has_fixed ->
    [yes] `{ $fixed }`
   *[no] a field as `name = "value"` and a list as `name = ["one", "two"]`
}
misspelt-boolean = expected `true` or `false`, found { $written }
    .help = write `{ $fixed }`
missing-comma = missing comma between two list items
    .help = write `{ $fixed }`
missing-equals = missing `=` between name and value
    .help = write `{ $fixed }`
not-toml = this is not valid TOML: { $fault ->
    [name] the field's name is not valid
    [text] the string is not valid
    [value] the value is not valid
    [heading] the table heading is not valid
   *[line] the line is not valid
}
    .help = write a field as `name = "value"` and a list as `name = ["one", "two"]`
quotes-in-text = the string contains quotation marks, so it ends too early
    .help = write `{ $fixed }`
record-not-toml = the record is not valid TOML
    .help = run `fonds check` to see where
trailing-text = unexpected text after the value
    .help = write `{ $fixed }`
unclosed-list = this list is not closed
    .help = add `]` after its last item
unclosed-text = this string is not closed
    .help = write `{ $fixed }`; a string must be on one line

## Where a record begins and ends

empty-file = the file is empty
    .help = write a record at the top, between two lines of `+++`, or remove the file
file-not-toml = the file is not TOML
    .help = run `fonds check`; it shows the line
macintosh-line-ends = the file has the line ends of old Macintosh computers (CR)
    .help = save it with LF or CRLF line ends
missing-first-line = the `+++` line above the record is missing
    .help = add a line `+++` above this one and another below the last field
no-record = the file does not start with a record
    .help = put the record at the top, between two lines of `+++`: `title = "…"`, `date = "…"`
text-before-record = there is something before the record: an empty line, or spaces before `+++`
    .help = remove it; the file must start with `+++`
unclosed-record = the record that starts here is not closed
    .help = add a line `+++` below its last field; the text follows that line
wide-first-line = these are full-width ＋ signs
    .help = write three ASCII signs: `+++`
wrong-first-line = the line above the record must be exactly `+++`
    .help = write `+++`
wrong-last-line = the line that closes the record is { $line }, not `+++`
    .help = write three ASCII signs: `+++`
yaml-record = the record is between `---` lines
    .help = use lines of `+++` and write each field as `title = "…"`; `fonds import` converts whole folders of such files
