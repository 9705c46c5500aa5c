//! The bytes of a web archive, unpacked as they are read.
//!
//! Each record may be packed by itself, in a member of gzip or a frame of zstd (RFC 8878), one after the other. Of zstd, the
//! first frame may hold a dictionary for all the others (IIPC, WARC-zstd). The crate ruzstd unpacks; it is Rust throughout,
//! where zstd's own is C, and takes no window above 100 MB. It reads one frame, so the frames are followed here.

use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};

use flate2::read::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, Dictionary, FrameDecoder};

/// How a frame of zstd begins.
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
/// How the frame begins that holds a dictionary.
const DICTIONARY: [u8; 4] = [0x5d, 0x2a, 0x4d, 0x18];
/// Largest dictionary, in bytes.
const LARGEST_DICTIONARY: u64 = 16 << 20;
/// Bytes that are unpacked at a time.
const STEP: usize = 64 << 10;

/// Whether bytes begin as a packed archive does.
pub(super) fn is_packed(head: &[u8]) -> bool {
    is_gzip(head) || is_zstd(head) || is_dictionary(head)
}

fn is_zstd(head: &[u8]) -> bool {
    head.starts_with(&ZSTD)
}

fn is_dictionary(head: &[u8]) -> bool {
    head.starts_with(&DICTIONARY)
}

fn is_gzip(head: &[u8]) -> bool {
    head.starts_with(&[0x1f, 0x8b])
}

/// What was read to know the packing, and the rest.
type Whole<R> = Chain<Cursor<Vec<u8>>, R>;

/// An archive as it is read.
pub(super) enum Input<R> {
    Plain(BufReader<Whole<R>>),
    Gzip(Box<BufReader<MultiGzDecoder<Whole<R>>>>),
    Zstd(Box<BufReader<Frames<Whole<R>>>>),
}

impl<R> std::fmt::Debug for Input<R> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Input")
    }
}

impl<R: Read> Input<R> {
    pub(super) fn open(mut reader: R) -> Self {
        let mut magic = Vec::new();
        // A fault of the reader shows again at the next read.
        let _ = reader.by_ref().take(4).read_to_end(&mut magic);
        let (gzip, zstd) = (is_gzip(&magic), is_zstd(&magic) || is_dictionary(&magic));
        let whole = Cursor::new(magic).chain(reader);
        if gzip {
            Self::Gzip(Box::new(BufReader::new(MultiGzDecoder::new(whole))))
        } else if zstd {
            Self::Zstd(Box::new(BufReader::new(Frames::of(whole))))
        } else {
            Self::Plain(BufReader::new(whole))
        }
    }
}

impl<R: Read> Read for Input<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(reader) => reader.read(buffer),
            Self::Gzip(reader) => reader.read(buffer),
            Self::Zstd(reader) => reader.read(buffer),
        }
    }
}

impl<R: Read> BufRead for Input<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self {
            Self::Plain(reader) => reader.fill_buf(),
            Self::Gzip(reader) => reader.fill_buf(),
            Self::Zstd(reader) => reader.fill_buf(),
        }
    }

    fn consume(&mut self, amount: usize) {
        match self {
            Self::Plain(reader) => reader.consume(amount),
            Self::Gzip(reader) => reader.consume(amount),
            Self::Zstd(reader) => reader.consume(amount),
        }
    }
}

/// Frames of zstd, one after the other.
pub(super) struct Frames<R> {
    source: BufReader<R>,
    decoder: FrameDecoder,
    /// Whether a frame was begun and is not at its end.
    is_within: bool,
    /// The dictionary of all frames.
    dictionary: Option<u32>,
}

impl<R: Read> Frames<R> {
    fn of(source: R) -> Self {
        Self { source: BufReader::new(source), decoder: FrameDecoder::new(), is_within: false, dictionary: None }
    }

    /// Begins the next frame; whether there is one.
    fn begin(&mut self) -> io::Result<bool> {
        loop {
            if self.source.fill_buf()?.is_empty() {
                return Ok(false);
            }
            if is_dictionary(self.source.buffer()) {
                self.take_dictionary()?;
                continue;
            }
            match self.decoder.reset(&mut self.source) {
                Ok(()) => {
                    // A frame need not say that it was packed with the dictionary.
                    if let Some(id) = self.dictionary {
                        self.decoder.force_dict(id).map_err(io::Error::other)?;
                    }
                    self.is_within = true;
                    return Ok(true);
                }
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    io::copy(&mut self.source.by_ref().take(u64::from(length)), &mut io::sink())?;
                }
                Err(error) => return Err(io::Error::other(error)),
            }
        }
    }

    /// Reads the frame that holds the dictionary, which may be packed itself.
    fn take_dictionary(&mut self) -> io::Result<()> {
        let mut head = [0; 8];
        self.source.read_exact(&mut head)?;
        let length = u64::from(u32::from_le_bytes([head[4], head[5], head[6], head[7]]));
        let mut bytes = Vec::new();
        self.source.by_ref().take(length.min(LARGEST_DICTIONARY)).read_to_end(&mut bytes)?;
        if is_zstd(&bytes) {
            let packed = std::mem::take(&mut bytes);
            Frames::of(packed.as_slice()).take(LARGEST_DICTIONARY).read_to_end(&mut bytes)?;
        }
        let dictionary = Dictionary::decode_dict(&bytes).map_err(io::Error::other)?;
        self.dictionary = Some(dictionary.id);
        self.decoder.add_dict(dictionary).map_err(io::Error::other)
    }
}

impl<R: Read> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            let read = self.decoder.read(buffer)?;
            if read > 0 {
                return Ok(read);
            }
            if self.is_within && !self.decoder.is_finished() {
                let step = BlockDecodingStrategy::UptoBytes(STEP);
                self.decoder.decode_blocks(&mut self.source, step).map_err(io::Error::other)?;
            } else if !self.begin()? {
                return Ok(0);
            }
        }
    }
}
