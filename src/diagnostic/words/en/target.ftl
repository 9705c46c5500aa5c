## Targets of `fonds publish`

bad-target-address = `{ $address }` is not an address of this kind of target
    .help = write it like `{ $example }`; a password does not belong in it
bad-target-name = `{ $name }` cannot be the name of a target
    .help = use letters a–z, digits, `-` and `_`: the variables of its secrets are named after it
foreign-at-target = at `{ $target }`, { $count ->
    [one] a file is
   *[other] { $count } files are
} in the way that fonds did not put there: { $files }
    .help = nothing was sent. Look at them there; move away what you need and delete the rest, or give the target another `path`
no-target = site.toml names no target `{ $name }`
    .help = { $has_near ->
    [yes] did you mean `{ $near }`?
   *[no] { $has_known ->
        [yes] expected one of { $known }
       *[no] add `[publish.{ $name }]` to site.toml, or publish with `--by-hand` and copy public/ to where readers see it
    }
}
other-archive = the site at `{ $target }` has { $count ->
    [one] a document
   *[other] { $count } documents
} that this archive never published: { $documents }
    .help = nothing was sent. If somebody else published to this target, merge their content/ids.lock first; if it is another archive's site, give the target another `path`
secret-in-site = `{ $key }` is a secret, and site.toml is no place for one
    .help = remove it, and change it where it is valid: it may have been read already. fonds takes it from the environment; `fonds explain secret-in-site` names the variables
secret-missing = `{ $target }` needs a secret that is not set: { $variables }
    .help = set it in the environment before you run `fonds publish { $target }`{ $has_keyring ->
    [yes] , or store it in the system's keyring under the service `fonds` and this name
   *[no] {""}
}
target-in-archive = the folder of `{ $target }` and { $folder } lie in each other
    .help = choose a `path` outside the archive, such as "../site"
target-key-missing = the target `{ $target }` lacks `{ $key }`
    .help = add a line such as `{ $key } = "{ $example }"`
target-number = `{ $key }` must be from { $least } to { $most }
    .help = use a number from { $least } to { $most }
targets-not-included = this fonds was built without targets, so `{ $name }` cannot be published to
    .help = build fonds with its feature `targets`, or publish with `--by-hand` and copy public/ yourself
unknown-host-key = the key of { $address } is not known
    .help = ask whoever runs the server whether its key is this one. If so, add `host_key = "{ $fingerprint }"` under `[publish.{ $target }]`
wrong-host-key = the key of { $address } is not the one that was agreed on; it is { $fingerprint }
    .help = nothing was sent. Ask whoever runs the server: either its key was changed, or somebody stands in between
