## Files

control-character = line { $line } contains the control character { $code }, which no page or book can hold
    .help = delete it; an editor that shows invisible characters finds it
not-utf8 = the file is not UTF-8: line { $line } contains an invalid byte
    .help = open it in a text editor and save it as UTF-8; to take in a capture, use `fonds import`, which reads other encodings
not-utf8-likely = the file is not UTF-8, probably { $encoding }
    .help = open it in a text editor and save it as UTF-8; to take in a capture, use `fonds import`, which reads other encodings
nul-in-text = the file is not text: line { $line } contains a NUL
    .help = if it was saved as UTF-16, save it as UTF-8; `fonds import` reads both
old-site-left = the new site is published, but the old one could not be removed completely: { $cause }
    .help = remove this folder; every build tries to
symbolic-link = symbolic links are not followed
    .help = copy the file into the archive, which must not depend on files elsewhere
unreadable = cannot read the file: { $cause }
    .help = check that it exists and that you have read permission

## Texts

bad-section-id = a section cannot have the id `{ $id }`
    .help = use letters, digits, `-` and `_`, not too many of them; `index` and `full` are reserved
duplicate-section-id = duplicate section id `{ $id }`
    .help = give this heading an id of its own: `## … {"{"}#{ $free }{"}"}`
heading-without-id = no id can be made from this heading
    .help = give it one: `## … {"{"}#a-short-word{"}"}`
image-without-text = the image has no alternative text
    .help = describe it in a few words: `![…](file)`
no-text = the record has no text and no file beside it
    .help = add or import its text; if only the record is to be published, add `access = "record"`
redaction-in-record = nothing can be redacted in the record
    .help = write the field without these words
redaction-not-read = this redaction is not complete; the words would be published
    .help = write `[words]{"{"}redact="reason"{"}"}` in one line, with the reason in quotation marks
redaction-of-lines = a redaction stands within one line; these words would be published
    .help = join the lines, or redact each of them
redaction-without-words = this redaction hides nothing: it does not stand directly behind words in brackets
    .help = write `[words]{"{"}redact="reason"{"}"}`, without a space or a backslash between them
surplus-cell = the table has { $columns } columns and this row has { $cells } cells: “{ $words }” would not be shown
    .help = give the head and the row of dashes another column, or write a stroke within a cell as `\|`
table-not-read = this is no table: its head has { $head } cells and its row of dashes has { $row }
    .help = give the row of dashes as many columns as the head has
too-many-pages = the text would have { $count } pages, one per section
    .help = at most { $most } pages are allowed: add `split_level = 0` to the record to keep the sections on one page, or split the document
unused-footnote = footnote `[^{ $label }]` is never referenced
    .help = put `[^{ $label }]` where it belongs; until then it is shown at the end of its section

## Links

backslash-in-link = broken link: { $path }
    .help = separate folders with `/`, not `\`: write `{ $slashed }`
blank-in-link = not parsed as a link: the address contains a space
    .help = put the address between `<` and `>`: `(<{ $address }>)`
broken-link = broken link: { $path }
    .help = { $has_near ->
    [yes] did you mean the document `{ $near }` ({ $file })?
   *[no] link to a Markdown file by its path, to a document by its id, or to a file beside this one
}
empty-link = the link has no address
    .help = write the address in the parentheses: `[words](address)`
external-image = the image is outside the archive
    .help = save it beside the document; the site must not depend on other sites
link-by-hand = this link must be changed by hand: { $from }
    .help = change it to `{ $to }`
link-into-unreadable = the linked document cannot be read
    .help = fix that document first
link-to-original = this link publishes the kept original { $path }
    .help = originals are kept but not published; to publish this one, put a copy of it beside the text
link-to-withheld-file = { $path } belongs to a document that is not published, so it is not published either
    .help = link to the document itself, or copy the file beside this one if it may be read
link-to-withheld = the text of `{ $id }` is not published, so the link leads nowhere
    .help = link to the document itself: `{ $id }`
missing-image = image not found: { $path }
    .help = { $has_near ->
    [yes] did you mean `{ $near }`? Names are case-sensitive, and folders are separated by `/`
   *[no] put the file beside the document; names are case-sensitive
}
no-such-section = no section `{ $section }` in { $has_document ->
    [yes] `{ $document }`
   *[no] this document
}
    .help = { $has_near ->
    [yes] did you mean `#{ $near }`?
   *[no] { $has_known ->
        [yes] its sections are { $known }
       *[no] it has no sections
    }
}
unsafe-address = links with the scheme `{ $scheme }` are not allowed
    .help = use one of { $known }
