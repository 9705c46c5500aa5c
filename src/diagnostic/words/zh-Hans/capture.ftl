## 采集件

bad-pattern = { $pattern } 不是有效的通配写法
    .help = `*` 代表名称中的任意字符，`**` 代表任意文件夹，`?` 代表一个字符
book-without-text = 书中没有文字
    .help = 扫描成的书没有文字，请先录入或做文字识别
capture-without-text = { $has_part ->
    [yes] { $part } 中没有文字
   *[no] 采集件中没有文字
}
    .help = 请重新采集
changed-twice = 新采集件和著录改动了同一个句子：
    原来：{ $was }
    著录：{ $own }
    新采集件：{ $new }{ $more ->
    [0] {""}
   *[other] {""}；另有 { $more } 处
}
    .help = 没有写入任何内容；请手工把新采集件的改动写进著录，或撤销著录中的改动，再重新导入
control-left-out = 第 { $line } 行有控制字符，正文中已略去
    .help = 采集件原样保存；请与它核对这一处
earlier-capture-missing = 缺少这份著录当初依据的采集件 { $file }
    .help = 请恢复该文件，或用另一个名称导入；没有它就分不清哪些是后来的改动
format-not-read = 这是 { $format } 格式的文件，不能读取
    .help = 请用能打开它的程序打开，另存为 .docx、.html 或 .txt；如果只是随文献保存，请放进文献的文件夹
front-matter-unreadable = 无法读取文件头：{ $why }
    .help = 请改正这一行，或删去文件头，保留下面的正文
image-not-beside = 采集件旁边没有图像 { $image }{ $others ->
    [0] {""}
   *[other] ，另有 { $others } 个也没有
}
    .help = 请连同图像一起保存网页，或把图像放在著录旁边并在正文中链接
image-of-other-kind = { $has_image ->
    [yes] 图像 { $image }{" "}
   *[no] 这里有一幅图像
}的格式不在可导入之列{ $has_kind ->
    [yes] ：{ $kind }
   *[no] {""}
}{ $others ->
    [0] {""}
   *[other] ；另有 { $others } 个也是
}
    .help = 请另存为PNG或JPEG，文件名不变，再导入一次；原文件没有改动
link-left-out = 指向 { $address } 的链接在档案库中无处可去，链接的文字已保留{ $others ->
    [0] {""}
   *[other] 。另有 { $others } 个链接也是
}
    .help = 请把该文件放在采集件旁边再导入，或导入它指向的网页后改链；provenance.toml列有这些地址
kept-back = 采集件原本不公开（`{ $key }`），所以导入为草稿
    .help = 如果可以发布，请从著录中删去 `draft = true`
long-heading = 这个标题有 { $length } 个字
    .help = 如果是段落，请在导入的文件中去掉标题标记
lost-character = 采集之前这里已丢失一个字符
    .help = 请对照原文；U+FFFD 代表无法解码的字符
main-part-doubtful = 按名称认作正文的部分只有 { $own } 字成句，而连同周围共有 { $other } 字
    .help = 请查看略去的内容；如果正文在别处，请在 `page-parts.toml` 中写明它的元素
capture-too-large = 文件超过 { $megabytes } MB
    .help = 请在正文分段的地方拆开，再分别导入；扫描件放在文献旁边，不用导入
too-many-elements = 页面的元素超过 { $most } 个
    .help = 页面已损坏或怀有恶意，或者是数据而不是文本；请在浏览器中打开，只保存其中的正文
too-many-lines = 正文超过 { $most } 行（段）
    .help = 请在正文分段的地方拆开，再分别导入
many-captures = 网络存档包含许多页面，不是一页
    .help = 请运行 `fonds import FILE.warc.gz` 逐页导入
nested-too-deeply = 元素嵌套超过 { $most } 层，页面已损坏或怀有恶意
    .help = 请在浏览器中打开，另存之后再导入
too-many-attributes = 有一个元素的属性超过 { $most } 个，页面已损坏或有恶意
    .help = 请在浏览器中打开并另存，再采集另存的文件
no-captures = 文件夹或 ZIP 文件中没有可以读取的文件
    .help = 支持的文件类型：{ $endings }
no-file-matches = 没有文件符合 { $pattern }
    .help = 请给出采集件、文件夹，或 `captures/**/*.html` 这样的通配写法
no-such-file = 找不到文件：{ $path }
    .help = 请给出采集件或文件夹
not-text = { $has_part ->
    [yes] { $part } 中有 NUL 字符，不是文本
   *[no] 采集件中有 NUL 字符，不是文本文件
}
    .help = 请按原来的格式导入，或另存为 UTF-8 或 GB18030 文本
one-capture-only = `--as` 只指一篇文献，而采集件有 { $count } 个
    .help = 请逐个导入
page-without-text = 网页中没有文字
    .help = 由脚本填充的网页，只存源代码就是空的；请在浏览器中按显示的样子保存
reprint-forbidden = 采集件声明不得转载：{ $words }
    .help = 如果没有取得许可，请在著录中加上 `access = "record"`，正文就不会发布
stray-byte = 第 { $line } 行有字节 { $byte }，文本中不会有这样的字节，已略去
    .help = 请与原件对照这一行，那里可能缺了一个字
text-dropped = 这一行已略去，但略去的清单中没有照原样列出
    .help = 请不要发布这次导入的结果，并把采集件作为程序的错误报告
text-lost = 这些文字不在正文中，不在著录中，也不在略去的清单中
    .help = 请不要发布这次导入的结果，并把采集件作为程序的错误报告
text-not-kept = “{ $piece }”从正文中取出后没有保存到别处
    .help = 请不要发布这次导入的结果，并把采集件作为程序的错误报告
text-otherwise = 导入的正文与采集件不同：这里是“{ $found }”，原文是“{ $printed }”
    .help = 请不要发布这次导入的结果，并把采集件作为程序的错误报告
text-too-long = 采集件已经结束，导入的正文还有“{ $rest }”
    .help = 请不要发布这次导入的结果，并把采集件作为程序的错误报告
text-too-short = 采集件后面还有“{ $rest }”，没有读到
    .help = 请不要发布这次导入的结果，并把采集件作为程序的错误报告
title-doubtful = 暂以“{ $title }”为题名，但网页中没有别的依据与它一致
    .help = 请查看网页；如果题名不是这一个，请改正著录中的 `title`
title-guessed = 只因“{ $title }”位于正文之上，暂以它为题名
    .help = 请查看正文；如果题名不是这一个，请改正著录中的 `title`
undecodable = { $has_part ->
    [yes] { $part } 已损坏
   *[no] 采集件已损坏
}：第 { $position } 字节{ $has_byte ->
    [yes] （{ $byte }）
   *[no] {""}
}不是有效的 { $encoding } 编码
    .help = 请重新采集；没有导入，因为有缺漏的文本不应看起来完整
unnumbered-heading = 段落之上这一短行没有编号，可能是标题
    .help = 如果是，请在导入的文件中标为标题
unread-date = 无法识别这里的日期
    .help = 请在著录中写 EDTF 日期：`1966`、`1966-05`、`1966-05-16`、`1966~`

## 标题的编号

confusable-number = “{ $number }”用了一个形似数字的字符
    .help = 正文照原样保留；如果原件是数字，请在导入的文件中改正
lonely-heading = “{ $number }”之后没有下一个编号
    .help = 请对照原件：采集件可能缺了一部分
lonely-number = “{ $number }”之后没有下一个编号，所以留在正文中
    .help = 如果是标题，请在导入的文件中标为标题
nonstandard-separator = “{ $number }”的分隔符不合规范
    .help = 正文照原样保留；请对照原件，规范写法是“一、”和“（一）”（GB/T 9704）
sequence-dup = “{ $number }”出现了两次
    .help = 正文照原样保留
sequence-gap = “{ $number }”之前缺少编号{ $has_before ->
    [yes] ，前一个是“{ $before }”
   *[no] {""}
}
    .help = 请对照原件：采集件可能缺了一部分
sequence-reject = “{ $number }”{ $has_before ->
    [yes] 不接在“{ $before }”之后
   *[no] 之前没有编号
}，所以作为正文读取
    .help = 如果是标题，请在导入的文件中标为标题
sequence-start = 编号从“{ $number }”开始
    .help = 请对照原件：采集件可能缺了一部分
unlike-siblings = “{ $number }”与同一序列的其他编号不同，不像标题，所以留在正文中
    .help = 如果是标题，请在导入的文件中标为标题
