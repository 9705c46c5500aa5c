annotations-left-out = { $count ->
    [one] 1 annotation with words was left out
   *[other] { $count } annotations with words were left out
}
    .help = the original keeps them; add what belongs in the text by hand
attachments-left-out = { $count ->
    [one] 1 attached file was left out
   *[other] { $count } attached files were left out
}
    .help = save them from a viewer of the file and import them separately
damaged-content = { $count ->
    [one] 1 part of a page is
   *[other] { $count } parts of pages are
} damaged: their text has gaps
    .help = compare with the pages, or copy the file again from its source
drawn-only = the file has no characters: { $pages ->
    [one] its page is
   *[other] its { $pages } pages are
} drawn as shapes or pictures
    .help = nothing was imported; ask the issuer for a file with text, or recognise the pages (OCR) and import the result
private-characters = { $count ->
    [one] 1 character has
   *[other] { $count } characters have
} a meaning only in the fonts of the file
    .help = compare with the page and put the characters in; other programs cannot read them either
reading-order-doubtful = page { $page } { $others ->
    [0] was
    [one] and 1 other page were
   *[other] and { $others } other pages were
} read column by column
    .help = compare with the page: where it is a table, its cells are in the wrong order
scans-left-out = { $count ->
    [one] 1 picture that covers a whole page behind its text was left out
   *[other] { $count } pictures that cover whole pages behind their text were left out
}
    .help = the original keeps them; if they are scans, the text beside them was recognised by a program: compare it
signed-document = the file is signed or sealed ({ $count ->
    [one] 1 signature
   *[other] { $count } signatures
})
    .help = only the original proves it: the archive keeps that file unchanged, the text does not carry the signature
too-many-characters = the file has more than { $most } characters
    .help = nothing was imported; split the file
too-many-pages-in-file = the file has more than { $most } pages
    .help = nothing was imported; split the file
too-much-to-unpack = drawing the pages of the file takes more memory or time than any document needs
    .help = nothing was imported; if it is a real document, print it to a new PDF file
unknown-glyphs = { $count ->
    [one] 1 character is
   *[other] { $count } characters are
} drawn in a font that does not say what they are; U+FFFD stands for each
    .help = compare with the page and put the characters in
unreadable-fonts = { $unknown } of { $all } characters are drawn in fonts that do not say what they are
    .help = nothing was imported; ask for the document that the file was made from, or recognise the pages (OCR) and import the result
unseen-text = { $count ->
    [one] 1 character is
   *[other] { $count } characters are
} in the file and not drawn, as text is that a program recognised on a scan
    .help = compare with the picture of the page; a program makes mistakes
