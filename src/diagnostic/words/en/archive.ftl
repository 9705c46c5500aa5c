## Files

changed-original = the original { $file } has changed{ $has_before ->
    [yes] : { $bytes } bytes instead of { $before }
   *[no] {""}
}
    .help = restore the file from a copy; if the change is intended, set `sha256 = "{ $sha256 }"` and `bytes = { $bytes }` in the record
changes-line = line { $line } is not an id, a day and a digest
    .help = remove the line; the document then counts as changed when you next publish
document-in-document = a document is inside the folder of another document
    .help = move it beside the other document
duplicate-number = two documents have the number { $number }
    .help = check whether one is a reprint or the number is mistyped; the other is { $other }
duplicate-title = two documents have the same title { $dated ->
    [yes] and the same date
   *[no] and no date
}
    .help = if they are the same document, keep the better text; if not, add a `subtitle`; the other is { $other }
edition-line = line { $line } is no change that fonds publish wrote down
    .help = remove it if it was left by a merge (a line of <<<<<<<, ======= or >>>>>>>); otherwise take the file from a backup
edition-text = the text of “{ $id }” as it was last published is gone, or was changed
    .help = take the file from a backup; without it the next edition says that the text changed, and not what stood there
file-name-not-utf8 = the file name is not UTF-8
    .help = rename the file
folder-name-taken = the folder name `{ $name }` is reserved for { $taker ->
    [indexes] the pages of the indexes
    [search] the search
   *[edition] the edition in traditional Chinese
}
    .help = rename the folder with letters, digits, `-` and `_`; its title in `_index.md` can be anything{ $taker ->
        [edition] ; to do without that edition, remove `zh-Hant = true` from `[variants]` in site.toml
       *[other] {""}
    }
home-page-name = the text of the home page belongs in content/_index.md
    .help = rename the file to `_index.md`; if it is a document, give it another name
ids-lock-line = this line is not an address, an id and section ids
    .help = fix the line or restore the file; a line is written `laws/notice/ notice full s1 s2`
ids-lock-merge = unresolved merge conflict
    .help = remove the lines that start with `<<<<<<<`, `=======` and `>>>>>>>`, and keep the others
invalid-folder-name = the folder name `{ $name }` cannot be used in an address
    .help = rename the folder with letters, digits, `-` and `_`; its title in `_index.md` can be anything
leftover-file = { $name } looks like a file that a program left behind, so it is not published
    .help = delete it, or give it another name if readers are to have it
near-name = { $rare } and { $common } look like the same name
    .help = if they are the same, spell them the same; { $common } is in { $path }{ $more ->
    [0] {""}
    [one] {" "}and 1 more place
   *[other] {" "}and { $more } more places
}
no-content = the archive has no folder content/
    .help = create a folder `content` beside site.toml (lower case), and put each document into content/<collection>/<document>.md
original-missing = the original { $file } is missing
    .help = restore it to { $path } from a copy; if it is not to be kept, remove the table `[original]` from the record
orphan-file = no text shows or links to this file, so it is not published
    .help = link to it, move it into the folder of its document, or remove it from content/
rights-unstated = { $count ->
    [one] the record has no rights statement, but others do
   *[other] { $count } records have no rights statement, but others do; this is the first
}
    .help = add `rights = "…"`, or `rights_uri = "http://rightsstatements.org/vocab/UND/1.0/"` if nobody knows; to require one in every record, set `profile = "archival"` under `[records]` in site.toml
wrong-extension = { $name } is not read as a document: its name does not end in `.md`
    .help = rename it to end in `.md`; your system may hide the end of file names

## Ids and addresses

address-of-site = the address `{ $address }/` is reserved for { $taker ->
    [indexes] the pages of the indexes
    [search] the search
   *[edition] the edition in traditional Chinese
}
    .help = set another `id = "…"` in the record, or move the document into a collection{ $taker ->
        [edition] ; to do without that edition, remove `zh-Hant = true` from `[variants]` in site.toml
       *[other] {""}
    }
alias-in-use = { $address } is the address of { $other }
    .help = remove it from `aliases`, or give the other document another id; an address leads to one place
alias-is-own = { $address } is the document's current address
    .help = remove it from `aliases`, which lists former addresses
alias-of-two = { $address } is also a former address of { $other }
    .help = remove it from one of the two records; an address leads to one place
alias-twice = { $address } is listed twice in `aliases`
    .help = remove one of the two
bad-document-id = `{ $id }` cannot be a document id
    .help = set `id = "…"` in the record, with letters, digits, `-` and `_`
duplicate-id = two documents have the id `{ $id }`
    .help = set another `id = "…"` in one of the records; the other document is { $other }
invalid-alias = `{ $alias }` cannot have been a document's address
    .help = write the path of the folder from the site's root: `aliases = ["{ $directory }"]`
invalid-section-alias = `{ $id }` cannot have been a section id
    .help = write the former id and its replacement: `s4 = "s3"`
lost-address = `{ $id }` was published at { $address }/ and is gone
    .help = if it is withdrawn, add a file content/{ $address }.md:
    +++
    title = "{ $title }"
    access = "closed"
    access_note = "why it is gone"
    +++
    If another document replaces it, add `replaced_by = "its id"` there.
    If it is in the archive under another name, add `aliases = ["{ $address }"]` to its record.
    If it was published by mistake, take it back: `fonds forget { $address } --because "…"`
lost-draft = `{ $id }` was published at { $address }/ and is gone
    .help = { $path } is now a draft: remove `draft = true` from its record, or set `access = "closed"`.
    If it was published by mistake, take it back: `fonds forget { $address } --because "…"`
lost-moved = `{ $id }` was published at { $address }/ and is gone
    .help = { $path } { $same ->
        [id] has the same id
        [bytes] is identical to it
        [number] has the same number
        [title] has the same title
       *[sections] has the same sections
    }. If it is the same document, { $has_aliases ->
        [yes] replace `aliases` in its record with
       *[no] add this line below the title in its record
    }:
    aliases = { $aliases }
    If it was published by mistake, take it back: `fonds forget { $address } --because "…"`
lost-sections = { $count ->
    [one] section `{ $section }` was published in { $address }/ and is gone
   *[other] { $count } sections were published in { $address }/ and are gone
}
    .help = { $has_table ->
        [yes] add these lines below `[section_aliases]` in the record of { $path }:
       *[no] add these lines at the end of the record in { $path }:
    }
    { $lines }{ $more ->
        [0] {""}
       *[other] {" "}… and { $more } more
    }
    { $guessed ->
        [yes] Check that these are the right sections; `"index"` is the document's first page.
       *[no] Replace `"index"`, the document's first page, with the section that took its place.
    }
    If it was published by mistake, take it back: `fonds forget { $address }#{ $section } --because "…"`
replaced-by-draft = no document `{ $id }`
    .help = { $path } is a draft: remove `draft = true` from its record first
replaced-by-unknown = no document `{ $id }`
    .help = { $has_near ->
    [yes] did you mean `replaced_by = "{ $near }"`?
   *[no] use the id of the document that replaces this one: its file name without `.md`
}
replaced-in-circle = these documents replace each other in a circle
    .help = remove `replaced_by` from one of their records
section-alias-circle = these former ids refer to each other in a circle
    .help = let one of them name a current section, or `"index"` for the document's first page
section-alias-document = no document `{ $id }`
    .help = { $has_near ->
    [yes] did you mean `{ $near }`?
   *[no] write a section of another document as `"id#section"`, with the document's id
}
section-alias-in-use = `{ $id }` is a current section of this document
    .help = remove the line; `[section_aliases]` lists ids that are no longer in the text
section-alias-lost = no section `{ $section }` in `{ $document }`
    .help = { $has_near ->
    [yes] did you mean `"{ $near }"`?
   *[no] { $has_known ->
        [yes] its sections are { $known }.
       *[no] it has no sections.
    }
} `"index"` is the document's first page, `"full"` the whole text

## Leaks

leak = words that { $owner } withholds{ $has_line ->
    [yes] {" "}in line { $line }
   *[no] {""}
} would be published here{ $files ->
    [one] {""}
   *[other] {" "}and in { $files } files in all
}
    .help = take them out of what this file is made of: another text, a description, a name, a template or a picture; nothing is published until then
open-elsewhere = words that { $owner } redacts stand openly here
    .help = redact them here too, if they are meant to be hidden
redacted-once = these words are redacted elsewhere in this document, and stand openly here
    .help = redact them here too, or take the other mark away
sentences-elsewhere = a sentence of { $owner }, whose text is withheld, stands openly here{ $count ->
    [one] {""}
   *[other] ; likewise of { $count } withheld documents in all
}
    .help = what an open document says is no secret any more; close it too, if it should be
