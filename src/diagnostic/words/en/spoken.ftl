## Groups of codes

topic-archive = The archive and its files
topic-records = Records and settings
topic-texts = Texts and links
topic-beside = Documents beside each other
topic-site = The site
topic-deposits = Deposits and their files
topic-importing = Importing

## Labels

label-affiliation = affiliation
label-author = author
label-blocks = paragraphs and other blocks
label-created = created
label-date = date
label-dropped = dropped
label-editors = editors
label-error = error
label-files = files
label-headings = headings
label-help = help
label-in-the-record = in the record
label-index-number = index number
label-issuer = issuer
label-note = note
label-number = number
label-put-into = written to
label-read-as = read as
label-recognised = recognised
label-rights = rights
label-source = source
label-subjects = subjects
label-subtitle = subtitle
label-text = text
label-title = title
label-to-look-at = to check
label-warning = warning
label-whole = total

## Progress and stages

task-asking-addresses = checking addresses
task-depositing = writing the deposit
task-packing = packing
task-reading-captures = reading captures
task-reading-records = reading records
task-verifying = verifying
task-sending = sending
task-writing-pages = writing pages
stage-scan = finding files
stage-theme = theme
stage-records = records
stage-look = checking
stage-preparing = preparing
stage-pages = pages
stage-lists = lists and index
stage-catalogues = catalogues
stage-manifest = manifest
stage-commit = replacing the site
stage-packing = packing

## Why a line is left out

why-dropped-page-title = page title
why-dropped-repeated-title = title again
why-dropped-repeated-author = author again
why-dropped-repeated-number = document number again
why-dropped-no-value = label without a value
why-dropped-breadcrumb = path within the site
why-dropped-view-counter = view counter
why-dropped-font-size = font size switch
why-dropped-print-button = print button
why-dropped-close-button = close or back button
why-dropped-neighbour-link = next or previous article
why-dropped-share = share buttons
why-dropped-rights-notice = rights notice (in the record)
why-dropped-site-operator = site operator
why-dropped-icp-number = site licence
why-dropped-police-number = site police number
why-dropped-site-code = government site number
why-dropped-error-report = report an error
why-dropped-site-map = site map and statements
why-dropped-rule = line of signs
why-dropped-navigation = menu
why-dropped-page-furniture = around the text
why-dropped-caption = caption of a missing image
why-dropped-on-many-pages = links on many pages
why-dropped-form-control = form
why-dropped-hidden = hidden on the page
why-dropped-invisible = nothing visible
why-dropped-note-return = link back from a footnote
why-dropped-note-number = footnote number again
why-dropped-page-number = page number
why-dropped-running-head = running head or foot
why-dropped-watermark = watermark
why-dropped-printed-twice = printed twice at one place
why-dropped-template = template

## Blocks of a capture

recognised-attachment = attachment
recognised-attachment-list = list of attachments
recognised-clause = clause
recognised-contents-line = line of the contents
recognised-date = date
recognised-figure = figure
recognised-footnote = footnote
recognised-heading = heading { $level }
recognised-item = item
recognised-note-author = note on the author
recognised-note-editor = note on the editor
recognised-note-public = note on publication
recognised-paragraph = paragraph
recognised-preformatted = preformatted text
recognised-quotation = quotation
recognised-salutation = salutation
recognised-table = table

## Questions

question-apply-fixes = { $count ->
    [one] Apply this fix?
   *[other] Apply these { $count } fixes?
}
question-language = Language (zh-Hans, zh-Hant or en)
question-publisher = Office that holds the archive (may be empty)
question-title = Title of the archive
hint-how-to-apply = Nothing was written. To apply these fixes, run `fonds check --fix --yes`.
hint-how-to-update = To take it, run `fonds import --update` with the same path.
hint-language-tag = enter zh-Hans, zh-Hant, en or another BCP 47 tag
hint-nothing-to-fix = no fixes to apply

## Lines of reports

told-as-known = { $file }: already imported as { $record }
told-changed = { $files }{ $more ->
    [0] {""}
   *[other] {" "}and { $more } more
}  { $milliseconds } ms
told-dropped-because = dropped: { $why }
told-dropped-lines = { $count ->
    [one] 1 line
   *[other] { $count } lines
}: { $reasons }
told-faults = { $errors ->
    [0] {""}
    [one] 1 error
   *[other] { $errors } errors
}{ $both ->
    [yes] {" "}and{" "}
   *[no] {""}
}{ $warnings ->
    [0] {""}
    [one] 1 warning
   *[other] { $warnings } warnings
}
told-filled-in = { $file } → { $record } (filled in; `access = "record"` still withholds the text)
told-imported = { $file } → { $record }
told-kept-address = {"  "}{ $old } → { $new } (the old address redirects)
told-link-changed = {"  "}link in { $file }:{ $line }  { $from } → { $to }
told-more-to-read = For details, run `fonds explain { $codes }`.
told-newer-capture = { $file } is a newer capture of { $record }. It would change:
told-no-title-found = not found; the file name is used
told-not-for-format = { $count ->
    [one] 1 file was skipped
   *[other] { $count } files were skipped
}: unsupported file type { $ending }
told-outline = { $headings ->
    [0] {""}
    [one] 1 heading
   *[other] { $headings } headings
}{ $has_levels ->
    [yes] {" "}({ $levels })
   *[no] {""}
}{ $headings ->
    [0] {""}
   *[other] ,{" "}
}{ $paragraphs ->
    [one] 1 paragraph
   *[other] { $paragraphs } paragraphs
}
told-page-cannot-be-made = This page cannot be created
told-panel-faults = { $faults }{ $has_errors ->
    [yes] : a build would publish nothing
   *[no] {""}
}
told-panel-more = and { $count } more; run `fonds check` to see all
told-reading-writing = reading { $from }, writing { $to }
told-updated = { $file } → { $record } (updated; your changes are kept)
told-waiting-for = waiting for another fonds to finish: { $command } (process { $process })

## Answers of serve without a page

no-page-address = this is not the address of a page
no-page-failed = the page could not be created
no-page-host = this host name is not allowed; use the server's address, or allow the name with --host
no-page-method = this server only serves pages
no-page-symbolic-link = symbolic links are not followed

## Results

summary-built = built { $documents ->
    [one] 1 document
   *[other] { $documents } documents
}, { $files ->
    [one] 1 file
   *[other] { $files } files
} ({ $size }) in { $seconds } s → { $path }{ $has_zip ->
    [yes] {" "}and { $zip } ({ $zip_size })
   *[no] {""}
}{ $has_faults ->
    [yes] ; { $faults }
   *[no] {""}
}
summary-checked = checked { $documents ->
    [one] 1 document
   *[other] { $documents } documents
}: { $has_faults ->
    [yes] { $faults }
   *[no] { $notes ->
        [0] no problems
        [one] no problems, 1 note
       *[other] no problems, { $notes } notes
    }
}
summary-deposited = deposited edition { $edition } of { $day }: { $documents ->
    [one] 1 document
   *[other] { $documents } documents
}, { $files ->
    [one] 1 file
   *[other] { $files } files
} ({ $size }) in { $bags ->
    [one] 1 bag
   *[other] { $bags } bags
} → { $folder }{ $takes_all ->
    [yes] {"\u000A"}It contains what is withheld from readers; whoever receives it must keep it closed
   *[no] { $left_out ->
        [0] {""}
        [one] {"\u000A"}1 document whose text is withheld was left out
       *[other] {"\u000A"}{ $left_out } documents whose text is withheld were left out
    }
}{ $large ->
    [0] {""}
    [one] {"\u000A"}1 file is larger than the size asked for and has a bag of its own
   *[other] {"\u000A"}{ $large } files are larger than the size asked for and have bags of their own
}
summary-fixed = { $count ->
    [one] applied 1 fix
   *[other] applied { $count } fixes
} in { $files ->
    [one] 1 file
   *[other] { $files } files
}
summary-forgotten = { $address } is taken back; the next `fonds publish` puts a page there that says so
summary-imported = imported { $imported ->
    [one] 1 capture
   *[other] { $imported } captures
}{ $updated ->
    [0] {""}
   *[other] , { $updated } updated
}{ $known ->
    [0] {""}
   *[other] , { $known } already imported
}{ $changed ->
    [0] {""}
   *[other] , { $changed } changed but not taken without `--update`
}{ $failed ->
    [0] {""}
   *[other] , { $failed } failed
}
summary-moved = changed { $links ->
    [one] 1 link
   *[other] { $links } links
}{ $by_hand ->
    [0] {""}
    [one] , 1 link to change by hand
   *[other] , { $by_hand } links to change by hand
}; rebuild with `fonds build`
summary-moved-dry = { $links ->
    [one] 1 link would change
   *[other] { $links } links would change
}{ $by_hand ->
    [0] {""}
    [one] , 1 link to change by hand
   *[other] , { $by_hand } links to change by hand
}; nothing was written
summary-new-archive = created a new archive in { $folder }

    Next:
      edit { $folder }/site.toml and { $folder }/content/essays/first.md
      fonds build --archive { $folder }
      open { $folder }/public/index.html
summary-nothing-built = { $faults }; nothing was built
summary-nothing-deposited = { $faults }; nothing was deposited
summary-nothing-moved = nothing was moved; fix the errors first
summary-nothing-published = { $faults }; nothing was published{ $old_site ->
    [yes] {""}, the previous site is unchanged
   *[no] {""}
}
summary-nothing-sent = { $faults }; nothing was sent to { $target }{ $dry_run ->
    [yes] {""}
   *[no] . Edition { $edition } is bound: run `fonds publish { $target }` again when this is mended
}
summary-nothing-wrong = no problems
summary-published = { $dry_run ->
    [yes] { $is_new ->
        [yes] edition { $edition } can be published
       *[no] nothing has changed since edition { $edition } of { $day }
    }
   *[no] { $is_new ->
        [yes] published edition { $edition }
       *[no] published edition { $edition } of { $day } again: nothing has changed
    }: { $documents ->
        [one] 1 document
       *[other] { $documents } documents
    }, { $files ->
        [one] 1 file
       *[other] { $files } files
    } ({ $size }) in { $seconds } s → { $folder }{ $has_zip ->
        [yes] {" "}and { $zip } ({ $zip_size })
       *[no] {""}
    }
}{ $has_faults ->
    [yes] ; { $faults }
   *[no] {""}
}{ $dry_run ->
    [yes] {""}
   *[no] {"\u000A"}Copy all of { $folder } to where readers see it
}
summary-sent = { $dry_run ->
    [yes] { $is_new ->
        [yes] edition { $edition } can be published to { $target }
       *[no] edition { $edition } of { $day } can be published to { $target }
    }: { $sent ->
        [0] nothing
        [one] 1 file
       *[other] { $sent } files
    } ({ $size }) of { $files } would be sent{ $removed ->
        [0] {""}
       *[other] , { $removed } removed
    }
   *[no] { $is_new ->
        [yes] published edition { $edition } to { $target }
       *[no] published edition { $edition } of { $day } to { $target }
    }{ $goes_on ->
        [yes] , where publishing had been interrupted
       *[no] {""}
    }: sent { $sent ->
        [0] nothing
        [one] 1 file
       *[other] { $sent } files
    } ({ $size }) of { $files }{ $removed ->
        [0] {""}
       *[other] , removed { $removed }
    } in { $seconds } s → { $place }
}{ $has_faults ->
    [yes] ; { $faults }
   *[no] {""}
}
summary-ready = { $address }
    { $documents ->
        [one] 1 document
       *[other] { $documents } documents
    } ready in { $seconds } s{ $has_faults ->
        [yes] ; { $faults }
       *[no] {""}
    }. Saved edits show at once; press Ctrl-C to stop
summary-verified = verified { $what } { $path }: { $files ->
    [one] 1 file
   *[other] { $files } files
} ({ $size }) by { $algorithms }: { $has_faults ->
    [yes] { $faults }
   *[no] whole
}
summary-verified-digest = SHA-256 of the lines above: { $digest }
summary-withdrawn = { $dry_run ->
    [yes] `{ $id }` would be withdrawn: the record in { $path } would be closed, and its words would leave editions/; nothing was written
   *[no] `{ $id }` is withdrawn: the record in { $path } is closed, and its words have left editions/. The site stays as it is until you run `fonds publish`.
}
    What this cannot recall: Git’s history of the archive, earlier deposits, discs and ZIP files, copies that others have, and web archives.
    Its title, its address and the reason stay public: change the title in the record if it says too much.
verifiable-archive = the originals of the archive
verifiable-bag = the bag
verifiable-bags = { $count ->
    [one] 1 bag
   *[other] { $count } bags
} in
verifiable-site = the site
verifiable-web-site = the published site
