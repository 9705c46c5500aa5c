//! The site's address.

/// An address that ends in `/`, so that paths can be put after it, with letters that are not ASCII encoded as RFC 3986
/// wants: feeds, sitemaps and linked data take it as it stands.
pub(crate) fn with_slash(address: String) -> String {
    let mut address = url::Url::parse(&address).map_or(address, String::from);
    if !address.ends_with('/') {
        address.push('/');
    }
    address
}
