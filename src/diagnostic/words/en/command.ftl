following-looks-itself = the files are checked every { $seconds } s instead
following-not-at-all = restart `fonds serve` to see changes

already-withdrawn = `{ $id }` was withdrawn on { $day }
    .help = publish, so that readers see it; what its page says is the `access_note` of its record
bad-collection-path = `{ $path }` cannot be a collection's folder
    .help = use letters, digits, `-` and `_`, with `/` between folders
folder-not-empty = { $folder } is not empty
    .help = choose a new or empty folder
folder-unreadable = cannot read this folder: { $cause }
    .help = change to the archive's folder, or use `--archive DIR`
never-published = { $address } was never published
    .help = { $has_near ->
    [yes] did you mean `{ $near }`?
   *[no] content/ids.lock lists every address that was published
}
no-archive = no site.toml in this folder or above it
    .help = change to the archive's folder (it contains site.toml), use `--archive DIR`, or create a new archive with `fonds init DIR`
no-archive-beside-content = no site.toml in this folder or above it
    .help = this folder has a folder content/: create a file site.toml beside it, with one line `title = "…"`
no-archive-in = no site.toml in { $folder }
    .help = change to the archive's folder (it contains site.toml), use `--archive DIR`, or create a new archive with `fonds init DIR`
no-archive-misnamed = no site.toml in this folder or above it
    .help = rename the file { $name } to site.toml
no-browser = cannot open a browser: { $cause }
    .help = open { $address } yourself
no-document = no document { $name } in this archive
    .help = { $has_near ->
    [yes] did you mean `{ $near }`?
   *[no] give a document's Markdown file or its id
}
not-yet-published = `{ $id }` was never published, so there is nothing to withdraw
    .help = set `access = "closed"` or `draft = true` in the record of { $path }
not-watching = the system does not report changes ({ $cause }); { $then }
    .help = on Linux, raise fs.inotify.max_user_watches, the number of folders that can be watched
still-answers = { $address } is still in use
    .help = { $path } answers there; remove or move it first, or withdraw the document with `fonds withdraw`
text-withheld = the text of this document is withheld, and TEI contains the text
    .help = use another format, which needs only the record
unknown-code = unknown code `{ $code }`
    .help = { $has_near ->
    [yes] did you mean `{ $near }`?
   *[no] run `fonds explain` to list all codes
}
site-in-archive = the site cannot go to { $out }: { $folder } holds what it is made from
    .help = name a folder of its own, such as `--out public`
zip-in-site = { $zip } is in the site's own folder
    .help = put it beside the folder, as `--zip` without a value does
zip-in-the-way = { $zip } is there and is not a site that fonds packed, so it is not replaced
    .help = choose another name, or remove the file first

## Moving

address-of-collection = { $address } is the address of the collection content/{ $address }
    .help = to move the document into it, write `{ $address }/`
address-of-site-taken = the address `{ $address }` is reserved for { $taker ->
    [indexes] the pages of the indexes
    [search] the search
   *[edition] the edition in traditional Chinese
}
    .help = choose another collection or id
already-at = `{ $id }` is already at { $address }
    .help = give another collection or id
document-into-section = a document cannot become a section
    .help = move its text by hand and add `replaced_by = "…"` to its record
file-in-the-way = { $path } already exists
    .help = move that file away first, or choose another id
former-address-of = { $address } is a former address of { $other }
    .help = choose another: old links lead there, and an address leads to one place
heading-by-hand = this heading must be changed by hand
    .help = add `{"{"}#{ $new }{"}"}` at the end of the heading, and `{ $old } = "{ $new }"` under `[section_aliases]` in the record
id-of-another = the id `{ $id }` belongs to { $other }
    .help = choose another id
invalid-address = `{ $address }` cannot be a document's address
    .help = use letters, digits, `-` and `_`: `essays/letters`
invalid-section-id = a section cannot have the id `{ $id }`
    .help = use letters, digits, `-` and `_`; `index` and `full` are reserved
overlapping-links = two links of this text overlap
    .help = change one of them by hand first
section-into-document = a section cannot become a document
    .help = write its new id after the document's: `fonds mv { $document }#{ $section } { $document }#{ $new }`
section-into-other = a section cannot be moved into another document
    .help = move its text by hand, and add `{ $old } = "{ $other }#{ $new }"` under `[section_aliases]` in the record of { $path }
section-to-move-missing = no section `{ $section }` in `{ $document }`
    .help = { $has_near ->
    [yes] did you mean `{ $near }`?
   *[no] { $has_known ->
        [yes] its sections are { $known }
       *[no] it has no sections
    }
}
section-id-taken = `{ $id }` is another section of `{ $document }`
    .help = choose another id
within-document = content/{ $collection } is in the folder of { $other }
    .help = choose another collection: a document cannot be in another document's folder
