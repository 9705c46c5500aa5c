//! The field EQ, with which Word sets readings above characters (拼音指南), puts characters into circles (带圈字符), and set
//! formulas before it had an editor for them. Its text is nowhere but in the instruction.

/// A part of what such a field shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Shown {
    /// The characters in the line.
    pub text: String,
    /// The reading set above them; else empty.
    pub reading: String,
    /// Whether it is a formula, whose shape a line of characters cannot have.
    pub is_formula: bool,
}

const CIRCLES: [char; 8] = ['○', '◯', '〇', '△', '□', '◇', '☐', 'O'];
const CIRCLED: &str = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳";
const CIRCLED_HAN: [(&str, &str); 10] = [
    ("一", "㊀"),
    ("二", "㊁"),
    ("三", "㊂"),
    ("四", "㊃"),
    ("五", "㊄"),
    ("六", "㊅"),
    ("七", "㊆"),
    ("八", "㊇"),
    ("九", "㊈"),
    ("十", "㊉"),
];

/// Deepest that parts stand in each other.
const DEPTH: usize = 16;

/// What the instruction of a field shows; `None` where it is no EQ.
pub(crate) fn shown(instruction: &str) -> Option<Shown> {
    let instruction = instruction.trim_start();
    let name = instruction.get(..2).filter(|name| name.eq_ignore_ascii_case("eq"))?;
    let rest =
        instruction[name.len()..].strip_prefix(|c: char| c.is_whitespace() || c == '\\').map(|_| &instruction[2..])?;
    let mut parser = Parser { rest, shown: Shown::default() };
    let text = parser.run(DEPTH, false).concat();
    parser.shown.text = text.trim().to_string();
    Some(parser.shown)
}

struct Parser<'i> {
    rest: &'i str,
    shown: Shown,
}

impl Parser<'_> {
    /// The arguments up to the closing bracket, or to the end.
    fn run(&mut self, depth: usize, is_inside: bool) -> Vec<String> {
        let mut arguments = vec![String::new()];
        while let Some(next) = self.rest.chars().next() {
            self.rest = &self.rest[next.len_utf8()..];
            match next {
                '\\' if depth > 0 => {
                    let text = self.command(depth - 1);
                    arguments.last_mut().into_iter().for_each(|last| last.push_str(&text));
                }
                ')' if is_inside => break,
                ',' | ';' if is_inside => arguments.push(String::new()),
                '(' if is_inside && depth > 0 => {
                    let inner = self.run(depth - 1, true).join(",");
                    arguments.last_mut().into_iter().for_each(|last| *last += &format!("({inner})"));
                }
                other => arguments.last_mut().into_iter().for_each(|last| last.push(other)),
            }
        }
        arguments
    }

    /// What follows a backslash: a command with its options and arguments, or a character that has a meaning else.
    fn command(&mut self, depth: usize) -> String {
        let Some(first) = self.rest.chars().next() else { return String::new() };
        self.rest = &self.rest[first.len_utf8()..];
        if !first.is_ascii_alphabetic() {
            if first != '*' {
                return first.to_string();
            }
            // A switch of the field: \* jc2 \* "Font:宋体" \* hps10
            let rest = self.rest.trim_start();
            let end = match rest.strip_prefix('"') {
                Some(quoted) => quoted.find('"').map_or(rest.len(), |end| end + 2),
                None => rest.find([' ', '\\']).unwrap_or(rest.len()),
            };
            self.rest = &rest[end..];
            return String::new();
        }
        let options = self.options();
        if !self.rest.starts_with('(') {
            return String::new();
        }
        self.rest = &self.rest[1..];
        let before = std::mem::take(&mut self.shown.reading);
        let arguments = self.run(depth, true);
        let arguments: Vec<&str> = arguments.iter().map(|argument| argument.trim()).collect();
        let inner = std::mem::replace(&mut self.shown.reading, before);
        match (first.to_ascii_lowercase(), arguments.as_slice()) {
            ('o', [sign, own]) if sign.chars().count() == 1 && sign.contains(CIRCLES) => in_circle(own),
            ('s', [one]) if options.contains("\\up") => {
                self.shown.reading.push_str(one);
                String::new()
            }
            ('o', own) if !inner.is_empty() => {
                self.shown.reading.push_str(&inner);
                own.concat()
            }
            (command, own) => {
                self.shown.is_formula = true;
                match (command, own) {
                    ('f', [over, under]) => format!("{over}/{under}"),
                    ('r', [index, of]) => format!("{index}√{of}"),
                    ('l', own) => own.join(","),
                    (_, own) => own.join(" "),
                }
            }
        }
    }

    /// The options of a command: `\ac`, `\up 9`.
    fn options(&mut self) -> String {
        let end = self.rest.find('(').unwrap_or(self.rest.len());
        let options = &self.rest[..end];
        let is_option = |c: char| c.is_ascii_alphanumeric() || c == '\\' || c.is_whitespace() || c == '-';
        let end = options.find(|c: char| !is_option(c)).unwrap_or(options.len());
        let (own, rest) = self.rest.split_at(end);
        self.rest = rest;
        own.to_ascii_lowercase()
    }
}

/// A character in a circle, where there is a character for it.
fn in_circle(own: &str) -> String {
    let number = own.parse::<usize>().ok().and_then(|number| CIRCLED.chars().nth(number.checked_sub(1)?));
    let han = CIRCLED_HAN.iter().find(|(plain, _)| *plain == own).map(|(_, circled)| (*circled).to_string());
    number.map(String::from).or(han).unwrap_or_else(|| own.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields() {
        let shown = |instruction| shown(instruction).map(|shown| (shown.text, shown.reading, shown.is_formula));
        let some = |text: &str, reading: &str, is_formula| Some((text.to_string(), reading.to_string(), is_formula));
        let reading = r#" EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(kùfáng),库房)"#;
        assert_eq!(shown(reading), some("库房", "kùfáng", false));
        assert_eq!(shown(r"eq \o\ac(○,3)"), some("③", "", false));
        assert_eq!(shown(r"eq \o\ac(□,库)"), some("库", "", false));
        assert_eq!(shown(r"EQ \F(1,2)"), some("1/2", "", true));
        assert_eq!(shown(r"EQ \r(,x)+1"), some("√x+1", "", true));
        assert_eq!(shown(r"EQ \b(a\,b)"), some("a,b", "", true));
        assert_eq!(shown("EQUATION"), None);
        assert_eq!(shown("PAGE"), None);
        assert_eq!(shown("eq"), None);
        assert_eq!(shown(r"EQ \o(((("), some("((()))", "", true));
    }
}
