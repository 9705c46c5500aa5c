## Why nothing is deposited

deposit-in-archive = the deposit cannot go to { $folder }: { $holds } holds what it is made from
    .help = name a folder of its own, outside the archive
names-meet = two files would have the same name in the deposit: { $one } and { $two }
    .help = rename one of them: upper and lower case, and two Unicode forms of a letter, are one name on many discs
nothing-published = this archive has no edition yet, and a deposit is of an edition
    .help = publish first: `fonds publish --by-hand`
unpublished-changes = this archive has changed since edition { $edition } of { $day }, and a deposit is of an edition
    .help = publish the changes first: `fonds publish --by-hand`

## What is found in files that have a list of digests

bag-algorithm-unknown = cannot check the digests of { $name }: this algorithm is not known
    .help = fonds knows md5, sha1, sha224, sha256, sha384 and sha512
bag-alone = of the { $count } bags of the group `{ $group }` only { $found } { $found ->
    [one] is
   *[other] are
} here
    .help = put all bags of the group into one folder
bag-encoding-unknown = the encoding `{ $name }` of the tag files is not known
    .help = in bagit.txt, name the encoding in which the tag files are written; today that is UTF-8
bag-line-unread = cannot read line { $line }
    .help = a line of a manifest is a digest, a space and a path; one of fetch.txt is an address, a length and a path
bag-listed-twice = { $path } is listed twice
    .help = whoever made the bag must say which line is right
bag-not-in-every = { $list } does not list this file, though another manifest does
    .help = every manifest of a bag lists all of its files
bag-not-payload = { $path } is listed, but does not lie in data/
    .help = only what lies in data/ stands in this list
bag-oxum = Payload-Oxum says { $said }, and { $found } was found (bytes and number of files)
    .help = something is missing, surplus or cut off; the other findings may say what
bag-without-declaration = the bag has no bagit.txt that can be read
    .help = copy the bag again from where it came; bagit.txt says which version of BagIt it follows
bag-without-list = the bag has no manifest that fonds can check
    .help = copy the bag again from where it came, with its file manifest-sha256.txt or another
bytes-changed = the bytes of this file have changed: its { $algorithm } was { $said } and is { $found }
    .help = take the file from another copy
file-missing = this file is missing
    .help = take it from another copy
file-not-fetched = this file is missing; fetch.txt says it is at { $address }
    .help = fetch it and verify again; fonds asks for nothing by itself
file-surplus = this file is in no list ({ $list })
    .help = move it away, or find out who put it here
inventories-differ = the inventory of the last version is not the one of the object
    .help = a deposit was broken off: `fonds deposit … --ocfl` settles it; or take the object from another copy
inventory-unread = this is no inventory that can be read
    .help = take the object from another copy
name-in-other-case = this file is here under another name: { $found } (upper and lower case differ)
    .help = rename it
name-in-other-form = this file is here with its name in another Unicode form: { $found }
    .help = rename it; some systems and programs write the letters of names in another form when they copy
names-alike = many systems take this name and { $other } for one
    .help = do not unpack it on Windows or macOS, where one would replace the other
nothing-to-verify = { $path } is nothing that can be verified
    .help = name a bag, a folder of bags, an OCFL storage root, an archive, or a site that fonds built
path-leaves = the path { $path } leads out of the folder and was not opened
    .help = such a list may have been made to do harm; ask whoever made it
version-without-content = version { $version } has contents that the inventory does not have: { $digest }
    .help = take the object from another copy
versions-not-in-order = the versions of this object are not v1, v2 and so on up to the last
    .help = take the object from another copy
size-changed = the size of this file has changed: it was { $said } and is { $found } bytes
    .help = take the file from another copy
