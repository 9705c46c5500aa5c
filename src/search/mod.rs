//! Search: any phrase, exactly, from a disc as from a host.
//!
//! A static site has no server to ask, and a page that was opened from a disc may load nothing but scripts. So the index
//! is a folder of small classic scripts, sorted so that a query touches few of them:
//!
//! ```text
//! search/root.js     what there is: sizes, first keys, the alphabet of the excerpts
//! search/d0-3.js     a directory: the keys with which some shards begin
//! search/i0-312.js   a shard: records, sorted by key (tree, shard)
//! search/t840.js     excerpts: the text of a few blocks (excerpt, alphabet)
//! search/facets.js   authors, offices and years (facets)
//! search/variants.js characters and the standard ones they stand for (variants)
//! ```
//!
//! Workers fold and write down each document while they have it in hand ([`gather`]). The texts then come here in the order of
//! their dates, a batch at a time; their excerpts are written at once, and the folded text is kept until a segment is full,
//! sorted and written. So memory is bounded by the segment, however large the archive is.
//!
//! What is searched is what the pages show: titles, headings and text. What `access` withholds never comes here, so its
//! words cannot be guessed from the index.

pub mod alphabet;
pub(crate) mod bits;
pub(crate) mod excerpt;
pub(crate) mod facets;
pub(crate) mod gather;
pub(crate) mod shard;
pub(crate) mod tree;

use anyhow::Result;
use rayon::prelude::*;

use self::alphabet::{Alphabet, Sample};
use self::bits::{Bits, script, utf16};
use self::excerpt::{Excerpts, Packer};
use self::gather::Gathered;
use self::tree::Segment;
use crate::archive::{Archive, reserved};
use crate::deflate::deflate;
use crate::output::manifest::ManifestEntry;
use crate::output::staging::Staging;
use crate::text::redact;

/// The theme's scripts that only searching needs.
pub(crate) const SCRIPTS: [&str; 5] = ["fold.js", "query.js", "search-index.js", "search.js", "mark.js"];

/// The index's folder in the site.
pub(crate) const FOLDER: &str = reserved::SEARCH;

/// Folded units from which on a segment is written: two bytes each, and four for sorting.
const SEGMENT: usize = 48 << 20;

/// Documents whose texts are looked at for the alphabet.
const SAMPLE: usize = 48;

/// The order of documents in the index: undated ones first, then by date, so that a new document seldom moves others.
pub(crate) fn order(archive: &Archive) -> Vec<usize> {
    let mut order = archive.by_date.clone();
    let undated = order.partition_point(|at| archive.documents[*at].record.date.is_some());
    order.rotate_left(undated);
    order
}

/// The alphabet for excerpts of an archive.
pub(crate) fn alphabet(archive: &Archive, order: &[usize]) -> Alphabet {
    let mut sample = Sample::default();
    let step = order.len().div_ceil(SAMPLE).max(1);
    let sampled: Vec<_> = order.iter().step_by(step).map(|at| &archive.documents[*at]).collect();
    let texts: Vec<_> = sampled
        .par_iter()
        .map(|entry| {
            let text = entry.record.text_is_open().then(|| entry.source.read(&archive.root).ok()).flatten();
            text.map(|text| redact::for_readers(&text).into_owned())
        })
        .collect();
    for (entry, text) in sampled.into_iter().zip(texts) {
        sample.add(&entry.record.title, 1);
        if let Some(text) = text {
            let lines = text.lines().filter(|line| !line.is_empty()).count() as u32;
            sample.add(&text, 1);
            // Ids of paragraphs are made of these, ten to a paragraph.
            sample.add("bcdfghjkmnpqrstvwxyz23456789BCDFp-\tP", lines / 4 + 1);
            sample.add("\n", lines);
        }
    }
    sample.alphabet()
}

/// The index in the making.
pub(crate) struct Index<'a> {
    staging: &'a Staging,
    alphabet: &'a Alphabet,
    packer: Packer,
    segment: Segment,
    segments: Vec<Written>,
    /// Units and blocks of each document.
    map: Bits,
    expected: usize,
    documents: usize,
    seen: Vec<bool>,
    files: Vec<ManifestEntry>,
}

/// A segment that was written.
struct Written {
    blocks: usize,
    directories: Vec<String>,
}

impl<'a> Index<'a> {
    /// An empty index for about so many documents.
    ///
    /// # Errors
    /// Its folder cannot be made.
    pub(crate) fn new(staging: &'a Staging, alphabet: &'a Alphabet, expected: usize) -> Result<Self> {
        staging.folder(FOLDER)?;
        Ok(Self {
            staging,
            alphabet,
            packer: Packer::default(),
            segment: Segment::default(),
            segments: Vec::new(),
            map: Bits::default(),
            expected,
            documents: 0,
            seen: vec![false; 1 << 16],
            files: Vec::new(),
        })
    }

    /// Adds documents in their order.
    ///
    /// # Errors
    /// The machine refuses to write.
    pub(crate) fn add(&mut self, documents: &[Gathered]) -> Result<()> {
        let mut full = Vec::new();
        for document in documents {
            self.map.gamma(document.units.len() as u32 + 1);
            for blocks in &document.units {
                self.map.gamma(*blocks);
            }
            for block in &document.blocks {
                self.segment.push(&block.folded, block.titles, block.headings);
            }
            self.packer.push(document, &mut full);
            self.documents += 1;
            if self.segment.len() > SEGMENT {
                self.write_segment()?;
            }
        }
        // From here on the segment's size can be told; growing step by step would copy it again and again.
        let rest = self.segment.len() * self.expected / self.documents.max(1);
        self.segment.reserve(rest.min(SEGMENT) + SEGMENT / 64);
        self.write_excerpts(&full)
    }

    /// Writes what is left, the facets, and the root.
    ///
    /// # Errors
    /// The machine refuses to write.
    pub(crate) fn finish(mut self, archive: &Archive, order: &[usize]) -> Result<Vec<ManifestEntry>> {
        if !self.staging.writes() {
            return Ok(Vec::new());
        }
        let last: Vec<Excerpts> = self.packer.finish().into_iter().collect();
        self.write_excerpts(&last)?;
        let last_segment = || if self.segment.is_empty() { Ok(()) } else { self.write_segment() };
        let (written, variants) = rayon::join(last_segment, crate::fold::variants::all);
        written?;
        let facets = deflate(facets::write(archive, order).as_bytes())?;
        let facets = script("facets", &[facets.len()], &Bits::of_bytes(&facets));
        self.write("facets", &facets)?;
        let (root, variants) = (self.root(), self.variants(&variants));
        self.write("root", &root)?;
        self.write("variants", &variants)?;
        Ok(self.files)
    }

    fn write(&mut self, name: &str, contents: &[u8]) -> Result<()> {
        self.files.push(self.staging.write(&path(name), contents)?);
        Ok(())
    }

    fn write_excerpts(&mut self, full: &[Excerpts]) -> Result<()> {
        let staging = self.staging;
        let files: Vec<ManifestEntry> = full
            .par_iter()
            .map(|excerpts| excerpts.file().and_then(|(name, contents)| staging.write(&path(&name), &contents)))
            .collect::<Result<_>>()?;
        self.files.extend(files);
        Ok(())
    }

    fn write_segment(&mut self) -> Result<()> {
        let segment = std::mem::take(&mut self.segment);
        segment.mark_units(&mut self.seen);
        let staging = self.staging;
        let write = |name: &str, contents: &[u8]| staging.write(&path(name), contents);
        let (directories, files) = shard::pack(&segment, self.segments.len(), write)?;
        self.segments.push(Written { blocks: segment.blocks(), directories });
        self.files.extend(files);
        Ok(())
    }

    /// Two calls: what can be read, and the map of documents, units, blocks and files.
    fn root(&mut self) -> Vec<u8> {
        let segments: Vec<String> = self
            .segments
            .iter()
            .map(|segment| {
                format!("{{\"blocks\":{},\"directories\":[{}]}}", segment.blocks, segment.directories.join(","))
            })
            .collect();
        let alphabet = serde_json::Value::from(self.alphabet.text());
        let odd = serde_json::Value::from(self.alphabet.odd());
        let segments = segments.join(",");
        let head = format!("{{\"segments\":[{segments}],\"alphabet\":{alphabet},\"odd\":{odd}}}");
        let mut root = utf16(&format!("fonds(\"root\",{head})\n"));
        let mut map = std::mem::take(&mut self.map);
        for blocks in &self.packer.counts {
            map.gamma(*blocks);
        }
        // The second call's byte order mark would stand in the middle.
        root.extend_from_slice(&script("map", &[self.documents, self.packer.counts.len()], &map)[2..]);
        root
    }

    /// The characters that may stand for one that occurs in the archive, each before it.
    fn variants(&self, all: &[(char, char)]) -> Vec<u8> {
        let occurs = |character: char| {
            let mut units = [0; 2];
            character.encode_utf16(&mut units).iter().all(|unit| self.seen[usize::from(*unit)])
        };
        let pairs: String = all
            .iter()
            .filter(|(_, standard)| occurs(*standard))
            .flat_map(|(variant, standard)| [*variant, *standard])
            .collect();
        utf16(&format!("fonds(\"variants\",\"{pairs}\")\n"))
    }
}

fn path(name: &str) -> String {
    format!("{FOLDER}/{name}.js")
}
