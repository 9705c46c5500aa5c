//! The content of a page or a template: where its characters and pictures stand.

use super::super::layout::{Glyph, Run, Way, width_of};
use super::super::order::is_seen;
use super::super::xml::{Element, Event, Xml};
use super::witness;
use crate::diagnostic::Diagnostic;
use crate::import::dropped::WhyDropped;

/// How many straight lines make a page a table or a form.
pub(super) const RULED: usize = 8;
/// Largest coordinate that is believed, in millimetres.
const FARTHEST: f64 = 1e6;

/// The content of a part.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub runs: Vec<Run>,
    pub pictures: Vec<SheetPicture>,
    pub templates: Vec<UsedTemplate>,
    /// Files with resources of this page alone.
    pub resources: Vec<String>,
    /// Drawings that resources hold, by their ids.
    pub composites: Vec<String>,
    /// Width and height.
    pub area: Option<(f64, f64)>,
    pub paths: usize,
    /// How many of the paths are long and straight.
    pub rules: usize,
    /// The characters, in the order of the file.
    pub witness: Vec<char>,
}

/// A picture of a page.
#[derive(Debug)]
pub(super) struct SheetPicture {
    pub resource: String,
    pub width: f64,
    pub height: f64,
    /// Its middle.
    pub y: f64,
}

/// A template that a page is set on.
#[derive(Debug)]
pub(super) struct UsedTemplate {
    pub id: String,
    pub in_front: bool,
}

/// An object with characters.
struct TextObject {
    x: f64,
    y: f64,
    matrix: [f64; 6],
    size: f64,
    stretch: f64,
    is_hidden: bool,
}

impl Sheet {
    /// Reads a part.
    ///
    /// Errors: `damaged-xml`, `nested-too-deeply`.
    pub(super) fn read(part: &str, text: &str) -> Result<Self, Diagnostic> {
        let mut xml = Xml::new(part, text);
        let mut sheet = Self::default();
        let mut counted = 0;
        while let Some(element) = xml.open()? {
            let of = |name| xml.attribute(&element, "", name);
            match element.name().1 {
                "Template" => {
                    let in_front = of("ZOrder").is_some_and(|order| order == "Foreground");
                    sheet.templates.extend(of("TemplateID").map(|id| UsedTemplate { id, in_front }));
                }
                "PageRes" => {
                    let file = xml.text()?;
                    sheet.resources.push(file.trim().to_string());
                }
                "PhysicalBox" => {
                    let numbers = numbers(&xml.text()?);
                    sheet.area = area(&numbers).or(sheet.area);
                }
                "TextObject" => sheet.text_object(&mut xml, &element, &mut counted)?,
                "ImageObject" => {
                    let [_, y, width, height] = four(&of("Boundary"));
                    let resource = of("ResourceID").unwrap_or_default();
                    sheet.pictures.push(SheetPicture { resource, width, height, y: y + height / 2.0 });
                }
                "CompositeObject" => sheet.composites.extend(of("ResourceID")),
                "PathObject" => {
                    let [_, _, width, height] = four(&of("Boundary"));
                    sheet.paths += 1;
                    sheet.rules += usize::from(width.min(height) < 1.5 && width.max(height) > 10.0);
                }
                _ => {}
            }
        }
        sheet.witness = witness::read(part, text)?;
        Ok(sheet)
    }

    fn text_object(&mut self, xml: &mut Xml<'_>, element: &Element<'_>, counted: &mut usize) -> Result<(), Diagnostic> {
        let of = |name| xml.attribute(element, "", name);
        let [x, y, ..] = four(&of("Boundary"));
        let given = of("CTM").map(|text| numbers(&text));
        let matrix = given.and_then(|numbers| numbers.try_into().ok()).unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
        let one = |name, else_| of(name).and_then(|text| number(&text)).unwrap_or(else_);
        let is_hidden = of("Visible").is_some_and(|word| word == "false");
        let object = TextObject { x, y, matrix, size: one("Size", 4.0), stretch: one("HScale", 1.0), is_hidden };
        let depth = xml.depth();
        let mut pen = (0.0, 0.0);
        while let Some(event) = xml.inside(depth)? {
            let Event::Open(element) = event else { continue };
            if element.name().1 != "TextCode" {
                continue;
            }
            let of = |name| xml.attribute(&element, "", name);
            let start = |name, last| of(name).and_then(|text| number(&text)).unwrap_or(last);
            pen = (start("X", pen.0), start("Y", pen.1));
            let (across, down) = (of("DeltaX"), of("DeltaY"));
            let text = xml.text()?;
            // Line ends are the file's own layout.
            let text = if text.contains('\n') { text.trim() } else { &text };
            let count = text.chars().count();
            let across = across.map(|text| deltas(&text, count));
            let down = down.map(|text| deltas(&text, count));
            self.runs.extend(object.runs(text, pen, across.as_deref(), down.as_deref(), counted));
        }
        Ok(())
    }
}

impl TextObject {
    /// The characters of a text, in runs of one line each.
    fn runs(
        &self,
        text: &str,
        pen: (f64, f64),
        across: Option<&[f64]>,
        down: Option<&[f64]>,
        counted: &mut usize,
    ) -> Vec<Run> {
        let [a, b, c, d, e, f] = self.matrix;
        let height = c.hypot(d);
        let size = (self.size * if height > 0.0 { height } else { 1.0 }).clamp(0.01, FARTHEST);
        let way = self.way();
        let mut places: Vec<(Glyph, f64)> = Vec::new();
        let (mut x, mut y) = pen;
        for (at, character) in text.chars().enumerate() {
            let place = (self.x + a * x + c * y + e, self.y + b * x + d * y + f);
            let id = is_seen(character).then_some(*counted);
            *counted += usize::from(id.is_some());
            let character = if character.is_control() && !character.is_whitespace() { ' ' } else { character };
            places.push((Glyph { character, x: place.0, advance: None, width: None, id }, place.1));
            let own = width_of(character) * self.size * self.stretch;
            // The last step stands for those that are not given.
            let step = |steps: &[f64]| steps.get(at).or(steps.last()).copied();
            x += across.and_then(step).unwrap_or(if down.is_some() { 0.0 } else { own });
            y += down.and_then(step).unwrap_or(0.0);
        }
        let outside = self.is_hidden.then_some(WhyDropped::Hidden);
        let run = |glyphs: Vec<Glyph>, y: f64, way: Way| Run { glyphs, size, y, way, outside };
        let first = places.first().map_or(0.0, |(_, y)| *y);
        let all = |places: Vec<(Glyph, f64)>| places.into_iter().map(|(glyph, _)| glyph).collect();
        if way != Way::Across {
            return vec![run(all(places), first, way)];
        }
        let falls = |pair: &[(Glyph, f64)]| {
            pair[1].1 - pair[0].1 > 0.5 * size && (pair[1].0.x - pair[0].0.x).abs() < 0.3 * size
        };
        if places.len() > 1 && places.windows(2).all(falls) {
            return vec![run(all(places), first, Way::Down)];
        }
        let mut runs: Vec<Run> = Vec::new();
        for (glyph, y) in places {
            match runs.last_mut() {
                Some(last)
                    if (last.y - y).abs() < 0.3 * size
                        && last.glyphs.last().is_none_or(|before| glyph.x > before.x - 0.5 * size) =>
                {
                    if let Some(before) = last.glyphs.last_mut() {
                        before.advance = Some(glyph.x - before.x);
                    }
                    last.glyphs.push(glyph);
                }
                _ => runs.push(run(vec![glyph], y, Way::Across)),
            }
        }
        runs
    }

    /// Which way the letters stand.
    fn way(&self) -> Way {
        let [a, b, ..] = self.matrix;
        if b.abs() <= 0.1 * a.abs() && a >= 0.0 {
            Way::Across
        } else if b.abs() <= 0.1 * a.abs() || a.abs() <= 0.1 * b.abs() {
            Way::Down
        } else {
            Way::Slanted
        }
    }
}

/// Width and height of a box.
pub(super) fn area(numbers: &[f64]) -> Option<(f64, f64)> {
    match numbers {
        [_, _, width, height] if *width > 0.0 && *height > 0.0 => Some((*width, *height)),
        _ => None,
    }
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse::<f64>().ok().filter(|number| number.is_finite()).map(|number| number.clamp(-FARTHEST, FARTHEST))
}

/// The numbers of a list; nothing where one of the first is none.
pub(super) fn numbers(text: &str) -> Vec<f64> {
    text.split_ascii_whitespace().take(6).map_while(number).collect()
}

fn four(text: &Option<String>) -> [f64; 4] {
    text.as_deref().map(numbers).and_then(|numbers| numbers.try_into().ok()).unwrap_or_default()
}

/// Steps from one character to the next, of which `g 3 2.5` stands for three. There are no more than characters.
fn deltas(text: &str, most: usize) -> Vec<f64> {
    let mut steps = Vec::new();
    let mut words = text.split_ascii_whitespace();
    while let Some(word) = words.next().filter(|_| steps.len() < most) {
        if word != "g" {
            steps.push(number(word).unwrap_or(0.0));
            continue;
        }
        let count = words.next().and_then(|word| word.parse::<usize>().ok()).unwrap_or(0);
        let step = words.next().and_then(number).unwrap_or(0.0);
        steps.extend(std::iter::repeat_n(step, count.min(most - steps.len())));
    }
    steps
}
