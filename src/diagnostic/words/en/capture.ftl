## Captures

bad-pattern = { $pattern } is not a valid pattern
    .help = `*` matches any characters of a name, `**` any folders, `?` one character
book-without-text = the book contains no text
    .help = a book of scanned pages has none: transcribe it or run text recognition first
capture-without-text = { $has_part ->
    [yes] { $part } contains no text
   *[no] the capture contains no text
}
    .help = capture the page again
changed-twice = the newer capture and the record changed the same sentence:
    it was:  { $was }
    record:  { $own }
    capture: { $new }{ $more ->
    [0] {""}
    [1] {""}, and another one
   *[other] {""}, and { $more } others
}
    .help = nothing was written; take the capture's change into the record by hand, or undo the record's own change, and import again
control-left-out = line { $line } contains control characters, which are left out of the text
    .help = the capture is kept as it is; compare the place with it
earlier-capture-missing = the capture { $file } that this record was made from is missing
    .help = restore it, or import under another name; without it, your changes cannot be told from the old text
format-not-read = this is a file of the format { $format }, which is not read
    .help = open it in a program that reads it and save it as .docx, .html or .txt; to keep it beside a document, put it into the document's folder
front-matter-unreadable = cannot read the front matter: { $why }
    .help = fix this line, or remove the front matter and keep the text below it
image-not-beside = the image { $image } is not beside the capture{ $others ->
    [0] {""}
    [one] , nor is 1 other
   *[other] , nor are { $others } others
}
    .help = save the page together with its files, or put the image beside the record and link to it in the text
image-of-other-kind = { $has_image ->
    [yes] the image { $image }
   *[no] an image here
} is of a kind that is not taken{ $has_kind ->
    [yes] : { $kind }
   *[no] {""}
}{ $others ->
    [0] {""}
    [one] ; so is 1 other
   *[other] ; so are { $others } others
}
    .help = save it as PNG or JPEG under the same name and import again; the file itself is untouched
link-left-out = the link to { $address } leads nowhere from the archive; its words are kept{ $others ->
    [0] {""}
    [one] . 1 other link does not either
   *[other] . { $others } other links do not either
}
    .help = put the file beside the capture and import again, or import the page it leads to and link to that; provenance.toml lists the addresses
kept-back = the capture was not public (`{ $key }`), so it is imported as a draft
    .help = if it may be published, remove `draft = true` from the record
long-heading = this heading has { $length } characters
    .help = if it is a paragraph, remove the heading mark in the imported file
lost-character = a character was lost here before the page was captured
    .help = compare with the original; U+FFFD stands for a character that could not be decoded
main-part-doubtful = the part named as the text has { $own } characters in sentences, and around it stand more: { $other } in all
    .help = look at what was dropped; if the text is elsewhere, name its element in `page-parts.toml`
capture-too-large = the file is larger than { $megabytes } MB
    .help = split it where its text divides, and import the parts; a scan belongs beside a record and is not imported
too-many-elements = the page has more than { $most } elements
    .help = it is damaged or malicious, or it is data and no text; open it in a browser, and save the part that is a text
too-many-lines = the text has more than { $most } lines or paragraphs
    .help = split it where its text divides, and import the parts
many-captures = a web archive contains many pages, not one
    .help = run `fonds import FILE.warc.gz` to import each of its pages
nested-too-deeply = elements are nested more than { $most } deep; the page is damaged or malicious
    .help = open it in a browser, save it from there, and import that
too-many-attributes = an element has more than { $most } attributes; the page is damaged or malicious
    .help = open it in a browser, save it from there, and import that
no-captures = no file in the folder or ZIP file can be read
    .help = supported file types: { $endings }
no-file-matches = no file matches { $pattern }
    .help = give captures, folders of them, or a pattern such as `captures/**/*.html`
no-such-file = file not found: { $path }
    .help = give captures, or folders of them
not-text = { $has_part ->
    [yes] { $part } contains NUL bytes and is not text
   *[no] the capture contains NUL bytes and is not a text file
}
    .help = import the document in its original format, or save it as text in UTF-8 or GB18030
one-capture-only = `--as` names one document, and there are { $count } captures
    .help = import them one by one
page-without-text = the page contains no text
    .help = a page that a script fills is empty when its source is saved; save it from the browser as it is shown
reprint-forbidden = the capture forbids reprinting: { $words }
    .help = if you have no permission, add `access = "record"` to the record; then the text is not published
stray-byte = line { $line } holds the byte { $byte }, which no text has; it was left out
    .help = compare the line with the original: a character may be missing there
text-dropped = this line was dropped, but the list of dropped lines does not have it as printed
    .help = do not publish this import; please report the capture as a bug
text-lost = these words are not in the text, the record or the list of dropped lines
    .help = do not publish this import; please report the capture as a bug
text-not-kept = “{ $piece }” was removed from the text but not kept elsewhere
    .help = do not publish this import; please report the capture as a bug
text-otherwise = the imported text differs from the capture: “{ $found }” instead of “{ $printed }”
    .help = do not publish this import; please report the capture as a bug
text-too-long = the imported text continues after the end of the capture: “{ $rest }”
    .help = do not publish this import; please report the capture as a bug
text-too-short = the capture continues with “{ $rest }”, which was not read
    .help = do not publish this import; please report the capture as a bug
title-doubtful = “{ $title }” is taken as the title, and no other sign of the page agrees
    .help = look at the page; if its title is another, correct `title` in the record
title-guessed = “{ $title }” is taken as the title only because it stands above the text
    .help = look at the text; if its title is another, correct `title` in the record
undecodable = { $has_part ->
    [yes] { $part } is damaged
   *[no] the capture is damaged
}: byte { $position }{ $has_byte ->
    [yes] {" "}({ $byte })
   *[no] {""}
} is not valid { $encoding }
    .help = capture the page again; nothing was imported, because a text with gaps must not look complete
unnumbered-heading = this short line without a number, above a paragraph, may be a heading
    .help = if it is, mark it as a heading in the imported file
unread-date = the printed date was not understood
    .help = write it as an EDTF date in the record: `1966`, `1966-05`, `1966-05-16`, `1966~`

## Numbers of headings

confusable-number = “{ $number }” uses a character that looks like the numeral
    .help = the text is kept as printed; if the original has the numeral, correct it in the imported file
lonely-heading = “{ $number }” has no second number after it
    .help = compare with the original: part of it may be missing from the capture
lonely-number = “{ $number }” has no second number after it, so it was left in the text
    .help = if it is a heading, mark it as one in the imported file
nonstandard-separator = “{ $number }” has a separator that numbers of its kind do not have
    .help = the text is kept as printed; compare with the original: 一、 and （一） are the standard forms (GB/T 9704)
sequence-dup = “{ $number }” is printed twice
    .help = the text is kept as printed
sequence-gap = a number is missing before “{ $number }”{ $has_before ->
    [yes] , which follows “{ $before }”
   *[no] {""}
}
    .help = compare with the original: part of it may be missing from the capture
sequence-reject = “{ $number }” does not follow { $has_before ->
    [yes] “{ $before }”
   *[no] any number
}, so it was read as text
    .help = if it is a heading, mark it as one in the imported file
sequence-start = the numbering starts with “{ $number }”
    .help = compare with the original: part of it may be missing from the capture
unlike-siblings = “{ $number }” is not a heading like the others of its series, so it was left in the text
    .help = if it is a heading, mark it as one in the imported file
