//! The way through what draws a page: text is placed, and pictures and rules are noted.

use std::collections::HashSet;

use hayro_syntax::content::{TypedIter, ops::TypedInstruction as Op};
use hayro_syntax::object::{Array, Dict, Name, ObjRef, Object, Stream, String as Bytes};
use hayro_syntax::page::{Page, Resources};

use super::font::{Fonts, Text};
use super::marked::{Marked, Marks};
use super::matrix::Matrix;
use super::path::Path;
use super::plain;
use super::sheet::{Placed, Sheet, Shown};
use super::state::{State, States};
use super::unpack::{LARGEST, Refused, unpack};
use crate::import::dropped::WhyDropped;
use crate::import::read::order::is_seen;

/// Most steps of all pages.
const STEPS: usize = 20_000_000;
/// For how many steps a drawing within another counts, a picture, and a font.
const DRAWING: usize = 200;
const PICTURE: usize = 50;
const FONT: usize = 2_000;
/// Most bytes that the content of all pages unpacks to.
const BYTES: usize = 1 << 30;
/// How deep drawings may lie in drawings.
const DEPTH: usize = 12;

/// What is put behind all content.
const END: &[u8] = b"\n/End MP\n";

/// Why a file is not read on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stopped {
    TooMuchWork,
    TooManyCharacters,
}

/// What the way through all pages found.
pub(super) struct Walk<'a> {
    pub fonts: Fonts<'a>,
    /// The characters of all pages in the order of the file.
    pub witness: Vec<char>,
    /// Glyphs whose characters are not known.
    pub unknown: usize,
    /// Characters that are drawn without a mark, as those are that a program recognised on a scan.
    pub unseen: usize,
    /// Characters that stand for plain ones, by their numbers: what was drawn, and what it stands for.
    pub plain: Vec<(usize, char, String)>,
    /// Content of which not all can be read.
    pub damaged: usize,
    /// Notes on pages.
    pub notes: usize,
    /// Layers that are switched off.
    pub off: HashSet<ObjRef>,
    steps: usize,
    bytes: usize,
    most: usize,
}

/// A page that is being drawn.
struct Drawing<'s, 'a> {
    sheet: &'s mut Sheet<'a>,
    states: States,
    marks: Marks,
    path: Path,
    depth: usize,
}

impl<'a> Walk<'a> {
    /// `most` is how many characters there may be.
    pub(super) fn new(most: usize, off: HashSet<ObjRef>) -> Self {
        Self {
            fonts: Fonts::new(),
            witness: Vec::new(),
            unknown: 0,
            unseen: 0,
            plain: Vec::new(),
            damaged: 0,
            notes: 0,
            off,
            steps: 0,
            bytes: 0,
            most,
        }
    }

    /// Draws a page.
    pub(super) fn page(&mut self, page: &Page<'a>) -> Result<Sheet<'a>, Stopped> {
        let (width, height) = page.render_dimensions();
        let mut sheet = Sheet::of(f64::from(width), f64::from(height));
        let matrix = Matrix(page.initial_transform(true).as_coeffs());
        let mut content = Vec::new();
        let streams: Vec<Stream<'a>> = match page.raw().get::<Object<'a>>("Contents") {
            Some(Object::Stream(stream)) => vec![stream],
            Some(Object::Array(array)) => array.iter::<Stream<'a>>().collect(),
            _ => Vec::new(),
        };
        for stream in streams {
            self.unpack(&stream, &mut content)?;
        }
        self.draw(&mut sheet, content, State::new(matrix), page.resources(), 0)?;
        for annotation in page.raw().get::<Array<'a>>("Annots").unwrap_or_default().iter::<Dict<'a>>() {
            self.field(&mut sheet, &annotation, matrix)?;
        }
        Ok(sheet)
    }

    /// Adds what a stream unpacks to.
    fn unpack(&mut self, stream: &Stream<'a>, content: &mut Vec<u8>) -> Result<(), Stopped> {
        match unpack(stream, LARGEST) {
            Ok(unpacked) => {
                self.damaged += usize::from(!unpacked.is_whole);
                self.bytes += unpacked.bytes.len();
                content.extend_from_slice(&unpacked.bytes);
                content.push(b'\n');
            }
            Err(Refused::OtherKind) => self.damaged += 1,
            Err(Refused::TooLarge) => return Err(Stopped::TooMuchWork),
        }
        match self.bytes > BYTES || content.len() > 2 * LARGEST {
            true => Err(Stopped::TooMuchWork),
            false => Ok(()),
        }
    }

    /// Draws what a field of a form shows, and what was typed onto the page.
    fn field(&mut self, sheet: &mut Sheet<'a>, annotation: &Dict<'a>, page: Matrix) -> Result<(), Stopped> {
        let kind = annotation.get::<Name<'_>>("Subtype");
        let is_field = kind.as_ref().is_some_and(|kind| matches!(kind.as_ref(), b"Widget" | b"FreeText"));
        let is_note = kind.is_some_and(|kind| !matches!(kind.as_ref(), b"Link" | b"Popup")) && !is_field;
        self.notes +=
            usize::from(is_note && annotation.get::<Bytes<'_>>("Contents").is_some_and(|text| !text.is_empty()));
        let is_hidden = annotation.get::<i32>("F").unwrap_or(0) & 0x22 != 0;
        let Some(looks) = annotation.get::<Dict<'a>>("AP").filter(|_| is_field && !is_hidden) else { return Ok(()) };
        let state = annotation.get::<Name<'_>>("AS");
        let look =
            looks.get::<Stream<'a>>("N").or_else(|| looks.get::<Dict<'a>>("N")?.get::<Stream<'a>>(state?.as_ref()));
        let (Some(look), Some([left, low, right, high])) = (look, annotation.get::<[f64; 4]>("Rect")) else {
            return Ok(());
        };
        let own = look.dict().get::<[f64; 6]>("Matrix").map_or(Matrix::SAME, Matrix);
        let [x0, y0, x1, y1] = look.dict().get::<[f64; 4]>("BBox").unwrap_or([left, low, right, high]);
        let [from_x, from_y, to_x, to_y] = own.around(x0, y0, x1 - x0, y1 - y0);
        let scale = |length: f64, own: f64| if own.abs() > 1e-6 { length / own } else { 1.0 };
        let (across, up) = (scale((right - left).abs(), to_x - from_x), scale((high - low).abs(), to_y - from_y));
        let fit = Matrix([across, 0.0, 0.0, up, left.min(right) - across * from_x, low.min(high) - up * from_y]);
        let state = State::new(fit.then(&page));
        self.form(sheet, &look, &state, &Resources::new(Dict::empty()), 1)
    }

    fn count(&mut self, steps: usize) -> Result<(), Stopped> {
        self.steps += steps;
        match self.steps > STEPS || self.fonts.are_too_many() {
            true => Err(Stopped::TooMuchWork),
            false => Ok(()),
        }
    }

    /// Draws a drawing that others use.
    fn form(
        &mut self,
        sheet: &mut Sheet<'a>,
        stream: &Stream<'a>,
        state: &State,
        around: &Resources<'a>,
        depth: usize,
    ) -> Result<(), Stopped> {
        let own = stream.dict().get::<[f64; 6]>("Matrix").map_or(Matrix::SAME, Matrix);
        let mut state = state.clone();
        state.matrix = own.then(&state.matrix);
        if !state.matrix.is_finite() || depth > DEPTH {
            return Ok(());
        }
        let resources = stream.dict().get::<Dict<'a>>("Resources").map_or_else(|| around.clone(), Resources::new);
        let mut content = Vec::new();
        self.count(DRAWING)?;
        self.unpack(stream, &mut content)?;
        self.draw(sheet, content, state, &resources, depth)
    }

    fn draw(
        &mut self,
        sheet: &mut Sheet<'a>,
        mut content: Vec<u8>,
        state: State,
        resources: &Resources<'a>,
        depth: usize,
    ) -> Result<(), Stopped> {
        let mut drawing =
            Drawing { sheet, states: States::new(state), marks: Marks::default(), path: Path::default(), depth };
        // What cannot be understood ends the operations, and what follows it would be passed over without a word.
        content.extend_from_slice(END);
        let mut operations = TypedIter::new(&content);
        let mut is_whole = false;
        while let Some(operation) = operations.next() {
            self.count(1)?;
            is_whole = matches!(&operation, Op::MarkedContentPoint(point) if point.0.as_ref() == b"End");
            if !drawing.look(&operation)
                && !drawing.trace(&operation)
                && !self.mark(&mut drawing, &operation, resources)
            {
                self.show(&mut drawing, &operation, resources)?;
            }
        }
        self.damaged += usize::from(!is_whole);
        while drawing.marks.is_open() {
            self.close_mark(&mut drawing);
        }
        Ok(())
    }

    /// Begins and ends what is marked.
    fn mark(&mut self, drawing: &mut Drawing<'_, 'a>, operation: &Op<'_, '_>, resources: &Resources<'a>) -> bool {
        let from = (drawing.sheet.placed.len(), self.witness.len());
        match operation {
            Op::BeginMarkedContent(begin) => drawing.marks.open(Marked::of(begin.0, None, from)),
            Op::BeginMarkedContentWithProperties(begin) => {
                let (named, layer) = match begin.1 {
                    Object::Name(name) => (
                        resources.properties.get::<Dict<'_>>(name.as_ref()),
                        resources.properties.get_ref(name.as_ref()),
                    ),
                    Object::Dict(dict) => (Some(dict.clone()), None),
                    _ => (None, None),
                };
                let mut marked = Marked::of(begin.0, named.as_ref(), from);
                if begin.0.as_ref() == b"OC" && layer.is_some_and(|layer| self.off.contains(&layer)) {
                    marked.outside = Some(WhyDropped::Hidden);
                }
                drawing.marks.open(marked);
            }
            Op::EndMarkedContent(_) => self.close_mark(drawing),
            _ => return false,
        }
        true
    }

    fn close_mark(&mut self, drawing: &mut Drawing<'_, 'a>) {
        let Some(marked) = drawing.marks.close() else { return };
        marked.replace(&mut drawing.sheet.placed, &mut self.witness, &mut self.unknown);
    }

    /// Shows text and what resources have.
    fn show(
        &mut self,
        drawing: &mut Drawing<'_, 'a>,
        operation: &Op<'_, '_>,
        resources: &Resources<'a>,
    ) -> Result<(), Stopped> {
        match operation {
            Op::TextFont(font) => {
                let before = self.fonts.faces.len();
                drawing.states.now.face = Some(self.fonts.named(&resources.fonts, font.0));
                self.count(FONT * (self.fonts.faces.len() - before))?;
                drawing.states.now.size = font.1.as_f64();
            }
            Op::SetGraphicsState(name) => {
                let Some(state) = resources.get_ext_g_state(name.0) else { return Ok(()) };
                if let Some(opacity) = state.get::<f64>("ca") {
                    drawing.states.now.is_clear = opacity < 0.01;
                }
            }
            Op::ShowText(text) => self.text(drawing, text.0.as_bytes())?,
            Op::NextLineAndShowText(text) => {
                drawing.states.next_line(0.0, -drawing.states.now.leading);
                self.text(drawing, text.0.as_bytes())?;
            }
            Op::ShowTextWithParameters(text) => {
                drawing.states.now.words_apart = text.0.as_f64();
                drawing.states.now.apart = text.1.as_f64();
                drawing.states.next_line(0.0, -drawing.states.now.leading);
                self.text(drawing, text.2.as_bytes())?;
            }
            Op::ShowTexts(parts) => self.texts(drawing, parts.0)?,
            Op::XObject(name) => {
                let Some(stream) = resources.get_x_object(name.0) else { return Ok(()) };
                let is_off = stream.dict().get_ref("OC").is_some_and(|layer| self.off.contains(&layer));
                let kind = stream.dict().get::<Name<'_>>("Subtype");
                if kind.is_some_and(|kind| kind.as_ref() == b"Image") {
                    if !is_off {
                        self.count(PICTURE)?;
                        drawing.picture(Some(stream));
                    }
                } else if !is_off {
                    let state = drawing.states.now.clone();
                    self.form(drawing.sheet, &stream, &state, resources, drawing.depth + 1)?;
                }
            }
            Op::InlineImage(_) => {
                self.count(PICTURE)?;
                drawing.picture(None);
            }
            _ => {}
        }
        Ok(())
    }

    /// Strings, and how far the pen goes back between them.
    fn texts(&mut self, drawing: &mut Drawing<'_, 'a>, parts: &Array<'_>) -> Result<(), Stopped> {
        for part in parts.iter::<Object<'_>>() {
            match part {
                Object::String(text) => self.text(drawing, Bytes::as_bytes(&text))?,
                Object::Number(back) => {
                    let state = &drawing.states.now;
                    let is_upright =
                        state.face.and_then(|face| self.fonts.faces.get(face)).is_some_and(|face| face.is_upright);
                    let stretch = if is_upright { 1.0 } else { state.stretch };
                    let step = -back.as_f64() / 1000.0 * state.size * stretch;
                    drawing.states.go_on(step, is_upright);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Places the characters of a string.
    fn text(&mut self, drawing: &mut Drawing<'_, 'a>, bytes: &[u8]) -> Result<(), Stopped> {
        let state = drawing.states.now.clone();
        let Some(face) = state.face.and_then(|face| self.fonts.faces.get_mut(face)) else {
            // Text in a font that is not there.
            self.unknown += bytes.len();
            return Ok(());
        };
        let mut at = 0;
        while at < bytes.len() && self.witness.len() <= self.most {
            self.steps += 1;
            let (code, length) = face.next(bytes, at);
            at += length;
            let found = face.code(code);
            let blank = if length == 1 && code == 32 { state.words_apart } else { 0.0 };
            let matrix = drawing.states.pen.then(&state.matrix);
            let own = found.advance * state.size;
            let (step, reach) = match face.is_upright {
                true => (own + state.apart + blank, matrix.step(0.0, own)),
                false => ((own + state.apart + blank) * state.stretch, matrix.step(own * state.stretch, 0.0)),
            };
            let way = match face.is_upright {
                true => matrix.step(0.0, -1.0),
                false => matrix.step(state.size * state.stretch, 0.0),
            };
            let (x, y) = matrix.at(0.0, state.rise);
            let height = matrix.step(0.0, state.size * face.height);
            let long = way.0.hypot(way.1).max(1e-12);
            let placed = Placed {
                character: ' ',
                x,
                y,
                way: (way.0 / long, way.1 / long),
                advance: reach.0.hypot(reach.1),
                size: height.0.hypot(height.1).clamp(0.01, 1e6),
                outside: drawing.marks.outside(),
                id: None,
            };
            drawing.states.go_on(step, face.is_upright);
            let unseen = state.mode == 3 || state.mode == 7 || state.is_clear;
            let white = state.is_white && matches!(state.mode, 0 | 4);
            let hidden = !drawing.sheet.holds(x, y) || (white && !unseen && drawing.sheet.is_blank_at(x, y));
            let placed = Placed { outside: placed.outside.or(hidden.then_some(WhyDropped::Hidden)), ..placed };
            self.unknown += usize::from(found.text == Text::Unknown && placed.outside.is_none());
            let before = self.witness.len();
            let symbols = face.symbols;
            if let Text::One(drawn) = &found.text
                && let Some(text) = plain::of(*drawn).or_else(|| symbols?.sign(*drawn))
            {
                self.plain.push((before, *drawn, text.clone()));
                add(&Text::Many(text.into()), placed, drawing.sheet, &mut self.witness);
            } else {
                add(&found.text, placed, drawing.sheet, &mut self.witness);
            }
            self.unseen += if unseen { self.witness.len() - before } else { 0 };
        }
        match self.witness.len() > self.most {
            true => Err(Stopped::TooManyCharacters),
            false => Ok(()),
        }
    }
}

/// Places the characters of one glyph, which share its width.
fn add(text: &Text, placed: Placed, sheet: &mut Sheet<'_>, witness: &mut Vec<char>) {
    let (one, many);
    let characters: &[char] = match text {
        Text::One(character) => {
            one = [*character];
            &one
        }
        Text::Many(text) => {
            many = text.chars().collect::<Vec<char>>();
            &many
        }
        Text::Unknown => &['\u{fffd}'],
        Text::Blank => &[' '],
    };
    let share = placed.advance / characters.len().max(1) as f64;
    for (nth, character) in characters.iter().enumerate() {
        let further = share * nth as f64;
        let id = is_seen(*character).then_some(witness.len());
        if id.is_some() {
            witness.push(*character);
        }
        let character = if id.is_none() && *character != '\u{3000}' { ' ' } else { *character };
        let (x, y) = (placed.x + further * placed.way.0, placed.y + further * placed.way.1);
        sheet.placed.push(Placed { character, x, y, advance: share, id, ..placed });
    }
}

impl<'a> Drawing<'_, 'a> {
    /// Sets how things are drawn from here on; whether the operation does that.
    fn look(&mut self, operation: &Op<'_, '_>) -> bool {
        let states = &mut self.states;
        let numbers =
            |all: &[hayro_syntax::object::Number]| all.iter().map(|number| number.as_f64()).collect::<Vec<_>>();
        match operation {
            Op::SaveState(_) => states.keep(),
            Op::RestoreState(_) => states.go_back(),
            Op::Transform(by) => states.transform(Matrix([by.0, by.1, by.2, by.3, by.4, by.5].map(|one| one.as_f64()))),
            Op::BeginText(_) => states.set_line(Matrix::SAME),
            Op::SetTextMatrix(to) => {
                states.set_line(Matrix([to.0, to.1, to.2, to.3, to.4, to.5].map(|one| one.as_f64())))
            }
            Op::NextLine(by) => states.next_line(by.0.as_f64(), by.1.as_f64()),
            Op::NextLineAndSetLeading(by) => {
                states.now.leading = -by.1.as_f64();
                states.next_line(by.0.as_f64(), by.1.as_f64());
            }
            Op::NextLineUsingLeading(_) => states.next_line(0.0, -states.now.leading),
            Op::CharacterSpacing(by) => states.now.apart = by.0.as_f64(),
            Op::WordSpacing(by) => states.now.words_apart = by.0.as_f64(),
            Op::HorizontalScaling(by) => states.now.stretch = by.0.as_f64() / 100.0,
            Op::TextLeading(by) => states.now.leading = by.0.as_f64(),
            Op::TextRise(by) => states.now.rise = by.0.as_f64(),
            Op::TextRenderingMode(mode) => states.now.mode = mode.0.as_i64(),
            Op::ColorSpaceNonStroke(_) => states.now.is_white = false,
            Op::NonStrokeColorDeviceGray(gray) => states.now.is_white = gray.0.as_f64() > 0.99,
            Op::NonStrokeColorDeviceRgb(rgb) => {
                states.now.is_white = [rgb.0, rgb.1, rgb.2].iter().all(|part| part.as_f64() > 0.99);
            }
            Op::NonStrokeColorCmyk(ink) => {
                states.now.is_white = [ink.0, ink.1, ink.2, ink.3].iter().all(|part| part.as_f64() < 0.01);
            }
            Op::NonStrokeColor(parts) => states.now.is_white = is_white(&numbers(&parts.0)),
            Op::NonStrokeColorNamed(parts) => {
                states.now.is_white = parts.1.is_none() && is_white(&numbers(&parts.0));
            }
            _ => return false,
        }
        true
    }

    /// Draws lines and shapes; whether the operation does that.
    fn trace(&mut self, operation: &Op<'_, '_>) -> bool {
        let matrix = self.states.now.matrix;
        match operation {
            Op::MoveTo(to) => self.path.begin(matrix.at(to.0.as_f64(), to.1.as_f64())),
            Op::LineTo(to) => self.path.line(matrix.at(to.0.as_f64(), to.1.as_f64())),
            Op::CubicTo(to) => self.path.curve(matrix.at(to.4.as_f64(), to.5.as_f64())),
            Op::CubicStartTo(to) => self.path.curve(matrix.at(to.2.as_f64(), to.3.as_f64())),
            Op::CubicEndTo(to) => self.path.curve(matrix.at(to.2.as_f64(), to.3.as_f64())),
            Op::ClosePath(_) => self.path.close(),
            Op::RectPath(place) => {
                self.path.rectangle(&matrix, [place.0, place.1, place.2, place.3].map(|one| one.as_f64()));
            }
            Op::StrokePath(_) | Op::CloseAndStrokePath(_) => self.path.stroke(self.sheet),
            Op::FillPathNonZero(_) | Op::FillPathNonZeroCompatibility(_) | Op::FillPathEvenOdd(_) => {
                self.path.fill(self.sheet, self.states.now.is_white, false);
            }
            Op::FillAndStrokeNonZero(_)
            | Op::FillAndStrokeEvenOdd(_)
            | Op::CloseFillAndStrokeNonZero(_)
            | Op::CloseFillAndStrokeEvenOdd(_) => self.path.fill(self.sheet, self.states.now.is_white, true),
            Op::EndPath(_) => self.path = Path::default(),
            Op::Shading(_) => self.sheet.paint_all_over(),
            _ => return false,
        }
        true
    }

    fn picture(&mut self, stream: Option<Stream<'a>>) {
        let place = self.states.now.matrix.around(0.0, 0.0, 1.0, 1.0);
        self.sheet.paint(place);
        self.sheet.pictures.push(Shown { stream, place });
    }
}

/// Whether the parts of a colour are white in the spaces that have three of them, or four.
fn is_white(parts: &[f64]) -> bool {
    match parts.len() {
        3 => parts.iter().all(|part| *part > 0.99),
        4 => parts.iter().all(|part| *part < 0.01),
        _ => false,
    }
}
