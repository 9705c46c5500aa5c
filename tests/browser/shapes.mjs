// An archive of texts of every shape: what a theme must bear.
//
//   node shapes.mjs DIR    writes it

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fail } from "./chromium.mjs";

const dir = process.argv[2] ?? fail("say where: node shapes.mjs DIR");
const content = join(dir, "content");
mkdirSync(join(content, "shapes"), { recursive: true });

writeFileSync(join(dir, "site.toml"), `title = "形制样库"
language = "zh-Hans"
publisher = "样库编辑组"
description = "各种长短、层级和文字的样本。"

[variants]
zh-Hant = true
`);
writeFileSync(join(content, "shapes", "_index.md"), `+++
title = "样本"
level = "series"
+++
`);

const NUMERALS = [..."一二三四五六七八九"];
const SENTENCE = "档案室每月初清点一次，登记簿上写明件数、页数和经手人；有缺页的另立一张单子，附在原件后面。";

/** 1–99 in Chinese numerals; above that in figures. */
function numeral(number) {
  if (number > 99) return String(number);
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  return (tens > 1 ? NUMERALS[tens - 1] : "") + (tens > 0 ? "十" : "") + (ones > 0 ? NUMERALS[ones - 1] : "");
}

function write(id, title, body, fields = "") {
  writeFileSync(join(content, "shapes", `${id}.md`), `+++
title = "${title}"
date = "19${50 + (id.length % 40)}-0${1 + (id.length % 9)}-12"
authors = ["任启明", { name = "Jean-Paul Martin", role = "译" }]
source = "样库编辑组"
subjects = ["登记", "重建"]
places = ["重庆", "长沙"]
${fields}+++
${body}
`);
}

write("one-page", "一页短文", `${SENTENCE}\n\n${SENTENCE}`);
write("flattened", "标点变成半角的文章", `一,二,三:都写在(旧)簿子里;行吗?行!

## (一)清点,登记

2017年,共收3,000件(套),时间为10:30;原有的，照旧：不动。

> 上级说:“可以。”又说:“要快!”
`);
write("no-heading", "没有标题的长文", Array.from({ length: 120 }, () => SENTENCE.repeat(3)).join("\n\n"));
write("six-levels", "六级标题", ["#", "##", "###", "####", "#####", "######"]
  .map((mark, level) => `${mark} 第${NUMERALS[level]}级：从大到小\n\n${SENTENCE.repeat(4)}`).join("\n\n"));
write("many-sections", "四百条", Array.from({ length: 400 }, (_, at) => `# 第${numeral(at + 1)}条 清点与登记\n\n${SENTENCE.repeat(2)}`).join("\n\n"));
write("two-megabytes", "两兆字节", Array.from({ length: 12 }, (_, at) =>
  `# ${numeral(at + 1)}、按年清点\n\n${Array.from({ length: 130 }, () => SENTENCE.repeat(8)).join("\n\n")}`).join("\n\n"));
write("tables", "带竖线的表", `# 一、窄表

| 年份 | 件数 | 备注 |
|---|---:|:---:|
| 1950 | 12 | 甲|
| 1951 | 4,013 | 乙 |

# 二、宽表

| ${Array.from({ length: 14 }, (_, at) => `第${numeral(at + 1)}栏`).join(" | ")} |
|${"---|".repeat(14)}
| ${Array.from({ length: 14 }, (_, at) => `${at * 1957}件（套）`).join(" | ")} |

登记簿里的竖线｜不是表格，写作 a | b 也不是。

\`\`\`
件号|题名|页数
001|会议记录|12
\`\`\`

脚注在此[^1]，又一处[^2]。

[^1]: 据登记簿。
[^2]: 据清单：原件已佚。
`);
write("english", "Minutes of the Register Committee", `The committee met on the first Monday, checked the register (all 412 leaves), and found two missing.

# 1 What was found

The word 档案, as used here, means *archives*; nothing else. ${"The clerk counted the leaves twice and entered the sum in the margin. ".repeat(12)}

## 1.1 Missing leaves

Leaves 17 and 203 are wanting: see the list[^a].

[^a]: Kept with the register.

# 2 What was decided

${"Every box is to be opened once a year, aired, and counted by two people. ".repeat(10)}
`, 'language = "en"\n');
write("withheld", "只有题录的文献", "", 'access = "record"\naccess_note = "原件待整理。"\n');
