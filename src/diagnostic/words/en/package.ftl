torn-breaks-off = it ends too early
torn-breaks-off-in-head = it ends within a record header
torn-empty-book = none of the chapters it lists contains text
torn-head-without-end = the record header has no end
torn-line-too-long = a line of a record header is too long or incomplete
torn-no-length = the record does not state its length
torn-no-record = no record starts where one should
torn-not-listed = { $file } names no package document
torn-part-missing = { $file } is missing
torn-too-large = it is larger than any book needs
torn-other = { $text }

unpacked-damaged-coding = its compression ({ $coding }) is damaged
unpacked-too-many-codings = it is compressed more than { $most } times
unpacked-too-many-files = it contains { $count } files
unpacked-too-large-file = { $file } alone is larger than { $megabytes } MB when unpacked
unpacked-unknown-coding = the encoding { $coding } is not supported

comments-left-out = { $count ->
    [one] 1 comment was left out
   *[other] { $count } comments were left out
}
    .help = the original keeps them; add what belongs in the text by hand
damaged-book = { $file } in the book is damaged: { $why }
    .help = save the book as EPUB again in the program that created it
damaged-file = the { $format } file is damaged
    .help = compare its size with the source and copy it again; if its program can open it, save it again from there
damaged-package = the file is damaged or not a ZIP file: { $why }
    .help = copy the file again from where it came; or save the document again in the program that created it
damaged-record = record { $record } is not a readable server response: { $address }
    .help = capture the page again; the other pages of the archive are read
damaged-warc = the web archive is damaged at record { $record }: { $why }
    .help = the pages before it were read; download or copy the archive again for the rest
damaged-word-file = the Word file is damaged
    .help = open it in Word or LibreOffice, which can repair many files, and save it again
damaged-xml = { $part } is damaged near byte { $position }: { $why }
    .help = nothing was imported, because a text with gaps must not look complete; open the document in the program that created it and save it again
diagram-left-out = { $count ->
    [one] 1 chart or diagram was left out, with the words in it
   *[other] { $count } charts or diagrams were left out, with the words in them
}
    .help = save them as images and put them beside the text
embedded-document-left-out = { $count ->
    [one] 1 embedded document was left out
   *[other] { $count } embedded documents were left out
}
    .help = save them from the original and import them separately
encrypted-book = the book is encrypted: { $path }
    .help = nothing was imported; import a copy without copy protection from the publisher or the author
encrypted-document = the { $format } file is locked with a password or a key
    .help = nothing was imported; open it with the password or key and save it without one
entity-declared = { $part } declares its own entities, which documents of this format never do
    .help = such a file can fill the memory; save the document again in the program that created it
field-text-left-out = { $count ->
    [one] 1 piece of text in a field instruction was left out
   *[other] { $count } pieces of text in field instructions were left out
}
    .help = compare with the original; updating the fields removes them
formula-flattened = { $count ->
    [one] 1 formula is now a line of characters, without fractions and powers
   *[other] { $count } formulas are now lines of characters, without fractions and powers
}
    .help = compare with the original
hidden-text = { $count ->
    [one] 1 piece of text is hidden in the original and shown here
   *[other] { $count } pieces of text are hidden in the original and shown here
}
    .help = remove what was not meant to be read
image-not-in-file = { $has_image ->
    [yes] the image { $image } is not in the file
   *[no] an image here is not in the file
}
    .help = take the image from the original or from where it was linked, and put it beside the text
missing-chapter = the book lists a chapter that it does not contain: { $file }
    .help = compare with another copy of the book; the other chapters are read
not-a-book = the file is not an EPUB book: { $why }
    .help = save the book as EPUB again in the program that created it
not-a-document = the file contains no text document
    .help = check what kind of file it is; save spreadsheets and slides as text or as a web page first
note-missing = the text of note { $label } is not in the file
    .help = look up the note in the original
package-too-large = the file is too large when unpacked: { $why }
    .help = nothing was imported; if it is a real document, save it again with smaller images
page-too-large = page exceeds the size limit of { $megabytes } MB: { $address }
    .help = the other pages of the archive are read; if it is really a text, take it out of the archive and split it
page-not-unpacked = cannot unpack a page: { $why }: { $address }
    .help = capture the page again, or convert the archive with a tool that stores pages uncompressed
part-too-deep = { $part } nests elements more than { $most } deep
    .help = save the document again in the program that created it
symbol-font = the meaning of this symbol depends on the font { $font }
    .help = U+FFFD stands for it; compare with the original and insert the right character
tracked-changes = tracked changes were accepted: { $insertions ->
    [one] 1 insertion
   *[other] { $insertions } insertions
}, { $deletions ->
    [one] 1 deletion
   *[other] { $deletions } deletions
}
    .help = the original keeps both versions
unreferenced-note = note { $label } is never referenced
    .help = it is placed after the others; put its mark where it belongs
word-file-before97 = this is a Word file from before 1997
    .help = open it in LibreOffice and save it as .docx
