## Values

value-type-text = a string
value-type-date = a date
value-type-text-list = a list of strings
value-type-table-list = a list of tables
value-type-whole-number = a whole number
value-type-true-or-false = true or false
value-type-table = a table
value-type-number = a number
value-type-list = a list

## Records and site.toml

author-without-name = an author has no name
    .help = add `name = "…"` to this `[[authors]]` table
bad-date = { $has_meant ->
    [yes] `{ $field }` is not written as a date that can be sorted: { $text }
   *[no] `{ $field }` is not a valid date: { $text }{ $why ->
        [level-two] {" "}is EDTF level 2, which is not supported
        [time-of-day] {" "}has a time of day
       *[malformed] {""}
    }
}
    .help = write { $has_meant ->
    [yes] `{ $field } = "{ $meant }"`
   *[no] it as `1966`, `1966-05`, `1966-05-16`, `1950~` (approximate), `1951?` (uncertain), `195X` (the 1950s) or `1949-10/1950-03` (a period)
}{ $has_printed_form ->
    [yes] ; to keep the printed form, add `date_printed = "{ $text }"`
   *[no] {""}
}
bad-split-level = `split_level` cannot be { $level }
    .help = use `0` to keep the text on one page, `1` for a page per first-level section, `2` for second-level sections too
captured-before-published = the document was captured before it was published
    .help = check the year in `captured` and in `date`
control-in-field = `{ $field }` contains the control character { $code }, which no page or book can hold
    .help = delete it
field-by-hand = `{ $field }` cannot be changed automatically as it is written
    .help = change it in a text editor
long-record = the record is longer than 1 MB
    .help = check that the `+++` line that closes the record comes before the text
malformed-language = "{ $tag }" is not a language tag
    .help = use a BCP 47 tag: `zh-Hans` (simplified Chinese), `zh-Hant` (traditional Chinese), `en`, `bo`, `ug`
missing-field = { $lacking ->
    [authors] the record has no author: `authors`
    [date] the record has no date: `date`
    [source] the record does not say which office published the document: `source`
   *[rights] the record has no rights statement: `rights`
}
    .help = add { $lacking ->
    [authors] `authors = ["…"]` or `issuer = "…"`
    [date] `date = "…"`; uncertain dates are written `1950~` (approximate), `195X` (the 1950s), `1949/1953`
    [source] `source = "…"`
   *[rights] `rights = "…"`, or `rights_uri = "http://rightsstatements.org/vocab/UND/1.0/"` if nobody knows
} (required because site.toml sets `profile = "archival"`)
not-an-address = `{ $field }` is not a web address: { $text }
    .help = { $has_meant ->
    [yes] write `{ $field } = "{ $meant }"`
   *[no] use an address that starts with `https://` or `http://`
}
record-without-title = the record has no title
    .help = add `title = "…"` between the `+++` lines
several-names = `{ $field }` has several names in one: { $text }
    .help = write each as a text of its own: { $parts }
site-without-title = the archive has no title
    .help = add `title = "…"` to site.toml
unknown-field = unknown field `{ $field }` in { $table ->
    [record] the record
    [collection] the collection's record
    [site] site.toml
   *[other] `{ $table }`
}
    .help = { $has_near ->
    [yes] did you mean `{ $near }`?
   *[no] expected one of { $known }
}{ $takes_extra ->
    [yes] {" "}Put fields of your own into a table `[extra]`
   *[no] {""}
}
unknown-language = unknown language `{ $language }`
    .help = { $has_meant ->
    [yes] did you mean `{ $meant }`? Use the code of a language, not of a country
   *[no] use a BCP 47 tag: `zh-Hans` (simplified Chinese), `zh-Hant` (traditional Chinese), `en`, `bo`, `ug`
}
unknown-rights-uri = this is not a known rights statement
    .help = use one from RightsStatements.org or Creative Commons, such as `{ $guess }`, or put your own words into `rights = "…"`
unknown-word = `{ $field }` cannot be "{ $word }"
    .help = { $has_near ->
    [yes] did you mean `{ $near }`?
   *[no] expected one of { $known }
}
written-after-published = the document was written after it was published
    .help = check whether `created` and `date` are swapped
wrong-type = `{ $field }` expects { $wanted }, found { $found }
    .help = write `{ $field } = { $example }`
