## TOML

backslash-in-text = 引号里的反斜杠要转义
    .help = 请写 `{ $fixed }`
bare-date = 日期要用数字和连字符书写，并加引号
    .help = 请写 `{ $fixed }`
bare-list = 列表要放在方括号里
    .help = 请写 `{ $fixed }`
bare-name = 这样的名称要加引号
    .help = 请写 `{ $fixed }`
bare-text = 文字要加引号
    .help = 请写 `{ $fixed }`
colon-for-equals = 名称和值之间要用 `=`，这里是冒号
    .help = 请写 { $has_fixed ->
    [yes] `{ $fixed }`
   *[no] `名称 = "值"` 的形式
}
duplicate-key = 重复的字段 `{ $key }`
    .help = 两处只留一处；前面一处是 `{ $first }`
look-alike-sign = { $looks_like ->
    [quotation-mark] 这里要用英文直引号，不能用 { $sign }
    [comma] 这里要用英文逗号，不能用 { $sign }
    [blank] 这里的空格不是普通空格（{ $number }）
    [colon] 名称和值之间要用 `=`，不能用 { $sign }
    [sign] 这里要用半角的 `{ $meant }`，不能用全角的 { $sign }
   *[none] 这里不能出现 { $sign }
}
    .help = 请写 { $has_fixed ->
    [yes] `{ $fixed }`
   *[no] `名称 = "值"` 的形式，列表写作 `名称 = ["甲", "乙"]`
}
misspelt-boolean = 这里要写 `true` 或 `false`，现在是 { $written }
    .help = 请写 `{ $fixed }`
missing-comma = 列表的两项之间缺少逗号
    .help = 请写 `{ $fixed }`
missing-equals = 名称和值之间缺少 `=`
    .help = 请写 `{ $fixed }`
not-toml = 不符合 TOML 语法：{ $fault ->
    [name] 字段名无效
    [text] 字符串无效
    [value] 值无效
    [heading] 表头无效
   *[line] 这一行无效
}
    .help = 字段写作 `名称 = "值"`，列表写作 `名称 = ["甲", "乙"]`
quotes-in-text = 文字中间有引号，值在那里就提前结束了
    .help = 请写 `{ $fixed }`
record-not-toml = 著录不符合 TOML 语法
    .help = 用 `fonds check` 查看在哪一处
trailing-text = 值的后面有多余的字符
    .help = 请写 `{ $fixed }`
unclosed-list = 这个列表没有结束
    .help = 在最后一项之后加上 `]`
unclosed-text = 这里缺少后引号
    .help = 请写 `{ $fixed }`；一个字符串要写在一行之内

## 著录的起止

empty-file = 文件是空的
    .help = 在开头写著录，放在两行 `+++` 之间；不需要时可删除文件
file-not-toml = 文件不是有效的 TOML
    .help = 请运行 `fonds check`，它会指出是哪一行
macintosh-line-ends = 文件使用旧式 Macintosh 换行符（CR）
    .help = 请用 LF 或 CRLF 换行符重新保存
missing-first-line = 著录上方缺少 `+++` 行
    .help = 在这一行之上、最后一个字段之下各加一行 `+++`
no-record = 文件开头没有著录
    .help = 在开头写著录，放在两行 `+++` 之间：`title = "…"`、`date = "…"`
text-before-record = 著录之前还有内容：空行，或者 `+++` 前的空格
    .help = 请删去；文件要以 `+++` 开头
unclosed-record = 从这里开始的著录没有结束
    .help = 在最后一个字段之下加一行 `+++`，正文写在这一行之后
wide-first-line = 这里的加号是全角的 ＋
    .help = 请写三个半角加号：`+++`
wrong-first-line = 著录上方的一行必须正好是 `+++`
    .help = 请写 `+++`
wrong-last-line = 结束著录的一行是 { $line }，不是 `+++`
    .help = 请写三个半角加号：`+++`
yaml-record = 著录写在两行 `---` 之间
    .help = 请改用 `+++` 行，字段写作 `title = "…"`；`fonds import` 可以转换整个文件夹的这类文件
