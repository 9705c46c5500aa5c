## The site

foreign-files = { $name } contains { $count ->
    [one] a file
   *[other] { $count } files
} not created by fonds: { $files }
    .help = move what you need into the archive's static/ folder and delete the rest
missing-strings = { $count ->
    [one] 1 string is missing; the { $language } one is used
   *[other] { $count } strings are missing; the { $language } ones are used
}
    .help = add { $missing }
no-chinese-font = no Chinese font found, so no PDF is created
    .help = install one: on Debian fonts-noto-cjk (Windows and macOS include one), or set `{ $folder }` to a folder of fonts. Looked for { $fonts } and others
no-traditional-edition = an archive in `{ $language }` cannot have a traditional Chinese edition
    .help = only simplified Chinese can be converted: remove the line, or set `language = "zh-Hans"`
not-built-by-fonds = { $name } was not created by fonds and is not replaced
    .help = choose another folder with `--out`, or move this one away
old-zip = { $zip } is an older site of this archive; what was withdrawn since is still in it
    .help = remove it, or pack it anew: `fonds build --zip={ $zip }`
path-clash = two files of the site have the same path: { $one } and { $two }
    .help = rename one of the documents, collections or files that they come from
pdf-failed = no PDF could be created: { $why }
    .help = the site is published without it; install a font that has every character, and replace damaged images
pdf-not-included = this fonds was built without PDF support, so no PDF is created
    .help = in the repository of fonds, run `cargo install --path . --features pdf`
unconvertible-page = cannot convert { $page }: { $cause }
    .help = set `zh-Hant = false` under `[variants]`, or fix the template of this page
unknown-place = nothing fills in `{ $place }` in `{ $key }`
    .help = { $has_known ->
    [yes] expected one of { $known }
   *[no] remove it: nothing is filled in here
}
unknown-string = unknown string `{ $key }`
    .help = { $has_near ->
    [yes] did you mean `{ $near }`?{" "}
   *[no] {""}
}A string of your own must be used by one of your templates
unportable-name = this file name cannot be used on Windows: { $path }
    .help = rename the file that it comes from: no `<`, `>`, `:`, `"`, `\`, `|`, `?`, `*` or line breaks, no space or full stop at the end, and not con, prn, aux, nul, com1 or lpt1

## Templates

where-on-page = first seen on the page { $page }; the page “Templates” of the guide lists what each template receives
where-anywhere = the page “Templates” of the guide lists what each template receives

cannot-loop = only lists and tables can be looped over, found `{ $kind }`
    .help = { $more }
endless-page = the page has no end
    .help = mend what never ends in the template or its includes: loops within loops, or a text or list that doubles; first seen on the page { $page }
look-alike-in-template = unexpected character { $sign }
    .help = use straight quotation marks and ASCII brackets; { $more }
nothing-to-loop = there is nothing of this name to loop over
    .help = { $more }
outside-blocks = content outside the blocks is not shown
    .help = move it into one of the blocks of the extended template; { $more }
template-fault = the template engine reports: { $why }
    .help = { $more }
unclosed-block = this `{ $tag }` is not closed
    .help = write `{"{"}% end{ $tag } %{"}"}` where it ends; { $more }
unknown-name = no `{ $name }` here
    .help = { $has_near ->
    [yes] did you mean `{ $near }`?{" "}
   *[no] expected one of { $known };{" "}
}{ $more }
unknown-template = no template { $name }
    .help = { $has_near ->
    [yes] did you mean `"{ $near }"`?{" "}
   *[no] name a template by its path in templates/;{" "}
}{ $more }
