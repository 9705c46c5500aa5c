## 值的种类

value-type-text = 字符串
value-type-date = 日期
value-type-text-list = 字符串的列表
value-type-table-list = 表的列表
value-type-whole-number = 整数
value-type-true-or-false = true 或 false
value-type-table = 表
value-type-number = 数字
value-type-list = 列表

## 著录与 site.toml

author-without-name = 有一位作者没有写姓名
    .help = 在这个 `[[authors]]` 表中加上 `name = "…"`
bad-date = { $has_meant ->
    [yes] `{ $field }` 的写法无法排序：{ $text }
   *[no] `{ $field }` 不是有效的日期：{ $text }{ $why ->
        [level-two] （属于 EDTF 二级，不支持）
        [time-of-day] （日期不能带时刻）
       *[malformed] {""}
    }
}
    .help = { $has_meant ->
    [yes] 请写 `{ $field } = "{ $meant }"`
   *[no] 日期的写法有 `1966`、`1966-05`、`1966-05-16`、`1950~`（约）、`1951?`（存疑）、`195X`（五十年代）、`1949-10/1950-03`（起止）
}{ $has_printed_form ->
    [yes] ；要保留原文的写法，可另加一行 `date_printed = "{ $text }"`
   *[no] {""}
}
bad-split-level = `split_level` 不能是 { $level }
    .help = `0` 是全文一页，`1` 是一级标题各成一页，`2` 是二级标题也各成一页
captured-before-published = 采集日期早于发布日期
    .help = 请核对 `captured` 和 `date` 的年份
control-in-field = `{ $field }` 有控制字符 { $code }，网页和电子书都不能包含
    .help = 请删去
field-by-hand = `{ $field }` 现在的写法不能自动修改
    .help = 请在文本编辑器中修改
long-record = 著录超过 1 MB
    .help = 请查看结束著录的 `+++` 行是否写在了正文之后
malformed-language = “{ $tag }”不是语言代码
    .help = 请用 BCP 47 代码：`zh-Hans`（简体中文）、`zh-Hant`（繁体中文）、`en`、`bo`、`ug`
missing-field = { $lacking ->
    [authors] 著录没有责任者：`authors`
    [date] 著录没有日期：`date`
    [source] 著录没有写明由哪个单位发布：`source`
   *[rights] 著录没有权利说明：`rights`
}
    .help = 请加上{ $lacking ->
    [authors] {" "}`authors = ["…"]` 或 `issuer = "…"`
    [date] {" "}`date = "…"`；不确定的日期写作 `1950~`（约）、`195X`（五十年代）、`1949/1953`
    [source] {" "}`source = "…"`
   *[rights] {" "}`rights = "…"`；无从得知时写 `rights_uri = "http://rightsstatements.org/vocab/UND/1.0/"`
}（site.toml 中的 `profile = "archival"` 要求填写）
not-an-address = `{ $field }` 不是网址：{ $text }
    .help = { $has_meant ->
    [yes] 请写 `{ $field } = "{ $meant }"`
   *[no] 网址以 `https://` 或 `http://` 开头
}
record-without-title = 著录没有题名
    .help = 在两行 `+++` 之间加上 `title = "…"`
several-names = `{ $field }` 把几个名称写在了一起：{ $text }
    .help = 请分开写：{ $parts }
site-without-title = 档案库没有名称
    .help = 在 site.toml 中加上 `title = "…"`
unknown-field = { $table ->
    [record] 著录中
    [collection] 专题的著录中
    [site] site.toml 中
   *[other] `{ $table }` 中
}没有 `{ $field }` 这个字段
    .help = { $has_near ->
    [yes] 是不是 `{ $near }`？
   *[no] 可用的字段：{ $known }。
}{ $takes_extra ->
    [yes] 自定的字段请放进 `[extra]` 表
   *[no] {""}
}
unknown-language = 没有 `{ $language }` 这个语言代码
    .help = { $has_meant ->
    [yes] 是不是 `{ $meant }`？这里填语言的代码，不是国家的代码
   *[no] 请用 BCP 47 代码：`zh-Hans`（简体中文）、`zh-Hant`（繁体中文）、`en`、`bo`、`ug`
}
unknown-rights-uri = 这不是通行的权利声明网址
    .help = 请用 RightsStatements.org 或 Creative Commons 的网址，例如 `{ $guess }`；自己的说明写在 `rights = "…"` 中
unknown-word = `{ $field }` 不能是“{ $word }”
    .help = { $has_near ->
    [yes] 是不是 `{ $near }`？
   *[no] 可用的值：{ $known }
}
written-after-published = 成文日期晚于发布日期
    .help = 请查看 `created` 和 `date` 是否写反了
wrong-type = `{ $field }` 应当是{ $wanted }，现在是{ $found }
    .help = 请写 `{ $field } = { $example }`
