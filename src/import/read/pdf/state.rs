//! What holds while a page is drawn: where the pen is, which font, which colour.

use super::matrix::Matrix;

/// Most states that are kept to go back to.
const DEPTH: usize = 512;

/// The state that `q` keeps and `Q` goes back to.
#[derive(Debug, Clone)]
pub(super) struct State {
    pub matrix: Matrix,
    /// Number of the font.
    pub face: Option<usize>,
    pub size: f64,
    /// Space after each character.
    pub apart: f64,
    /// Space after each blank.
    pub words_apart: f64,
    pub stretch: f64,
    pub leading: f64,
    pub rise: f64,
    pub mode: i64,
    pub is_white: bool,
    pub is_clear: bool,
}

impl State {
    pub(super) fn new(matrix: Matrix) -> Self {
        Self {
            matrix,
            face: None,
            size: 1.0,
            apart: 0.0,
            words_apart: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
            is_white: false,
            is_clear: false,
        }
    }
}

/// The state, those that were kept, and where text stands.
pub(super) struct States {
    pub now: State,
    kept: Vec<State>,
    /// How many were not kept, since there are too many.
    over: usize,
    /// Where the next character stands, and where its line begins.
    pub pen: Matrix,
    pub line: Matrix,
}

impl States {
    pub(super) fn new(state: State) -> Self {
        Self { now: state, kept: Vec::new(), over: 0, pen: Matrix::SAME, line: Matrix::SAME }
    }

    pub(super) fn keep(&mut self) {
        if self.kept.len() < DEPTH {
            self.kept.push(self.now.clone());
        } else {
            self.over += 1;
        }
    }

    pub(super) fn go_back(&mut self) {
        if self.over > 0 {
            self.over -= 1;
        } else if let Some(kept) = self.kept.pop() {
            self.now = kept;
        }
    }

    pub(super) fn transform(&mut self, matrix: Matrix) {
        let matrix = matrix.then(&self.now.matrix);
        if matrix.is_finite() {
            self.now.matrix = matrix;
        }
    }

    pub(super) fn set_line(&mut self, matrix: Matrix) {
        if matrix.is_finite() {
            (self.pen, self.line) = (matrix, matrix);
        }
    }

    pub(super) fn next_line(&mut self, x: f64, y: f64) {
        self.set_line(self.line.moved(x, y));
    }

    /// Moves the pen along the line, or down it.
    pub(super) fn go_on(&mut self, step: f64, is_upright: bool) {
        let pen = if is_upright { self.pen.moved(0.0, step) } else { self.pen.moved(step, 0.0) };
        if pen.is_finite() {
            self.pen = pen;
        }
    }
}
