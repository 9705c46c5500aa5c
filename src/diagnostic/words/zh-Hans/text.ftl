## 文件

control-character = 第 { $line } 行有控制字符 { $code }，网页和电子书都不能包含
    .help = 请删去；能显示不可见字符的编辑器可以找到它
not-utf8 = 文件不是 UTF-8 编码：第 { $line } 行有无效的字节
    .help = 请在文本编辑器中打开，另存为 UTF-8；采集的网页可用 `fonds import` 导入，它能读取其他编码
not-utf8-likely = 文件不是 UTF-8 编码，很可能是 { $encoding }
    .help = 请在文本编辑器中打开，另存为 UTF-8；采集的网页可用 `fonds import` 导入，它能读取其他编码
nul-in-text = 文件不是文本：第 { $line } 行有 NUL 字符
    .help = 如果保存成了 UTF-16，请另存为 UTF-8；`fonds import` 两种都能读取
old-site-left = 新网站已经发布，但旧网站没有删除干净：{ $cause }
    .help = 请删除这个文件夹；以后每次生成也会再试
symbolic-link = 不读取符号链接
    .help = 请把文件复制到档案库中；档案库不应依赖别处的文件
unreadable = 无法读取文件：{ $cause }
    .help = 请查看文件是否存在，是否有读取权限

## 正文

bad-section-id = 章节标识不能是 `{ $id }`
    .help = 请用字母、数字、`-` 和 `_`；`index` 和 `full` 是保留名称
duplicate-section-id = 重复的章节标识 `{ $id }`
    .help = 给这个标题另取一个标识：`## … {"{"}#{ $free }{"}"}`
heading-without-id = 无法从这个标题生成标识
    .help = 请写上一个：`## … {"{"}#a-short-word{"}"}`
image-without-text = 图像没有替代文字
    .help = 用几个字说明图像的内容：`![…](文件)`
no-text = 没有正文，也没有附带文件
    .help = 请补上或导入正文；只公布著录时，加上 `access = "record"`
redaction-in-record = 题录中不能遮盖文字
    .help = 请在该字段中略去这些文字
redaction-not-read = 这处遮盖没有写完整，文字将会公布
    .help = 请在同一行内写成“[文字]{"{"}redact="理由"{"}"}”，理由放在引号中
redaction-of-lines = 遮盖只能在一行之内，这些文字将会公布
    .help = 请把各行并为一行，或逐行遮盖
redaction-without-words = 这处遮盖没有遮住任何文字：它没有紧接在方括号后面
    .help = 请写成“[文字]{"{"}redact="理由"{"}"}”，中间不留空格，也不加反斜线
surplus-cell = 表格有 { $columns } 列，这一行却有 { $cells } 格：“{ $words }”不会显示
    .help = 请在表头和短横行各加一列；单元格内的竖线写作 `\|`
table-not-read = 这不是表格：表头有 { $head } 格，短横行有 { $row } 格
    .help = 请让短横行的列数与表头相同
too-many-pages = 正文会分成 { $count } 页，每章节一页
    .help = 最多 { $most } 页：在著录中加上 `split_level = 0`，全文就在一页上；也可以拆成几篇文献
unused-footnote = 脚注 `[^{ $label }]` 没有被引用
    .help = 把 `[^{ $label }]` 放到正文相应的位置；在此之前，脚注显示在所在章节的末尾

## 链接

backslash-in-link = 链接失效：{ $path }
    .help = 文件夹之间用 `/`，不用 `\`：请写 `{ $slashed }`
blank-in-link = 没有识别为链接：地址中有空格
    .help = 把地址放在 `<` 和 `>` 之间：`(<{ $address }>)`
broken-link = 链接失效：{ $path }
    .help = { $has_near ->
    [yes] 是不是文献 `{ $near }`（{ $file }）？
   *[no] 可以链接到 Markdown 文件的路径、文献的标识，或同一文件夹中的其他文件
}
empty-link = 链接没有地址
    .help = 把地址写在圆括号里：`[文字](地址)`
external-image = 图像在档案库之外
    .help = 请把图像保存在文献旁边；网站不应依赖别的网站
link-by-hand = 这个链接需要手工修改：{ $from }
    .help = 请改为 `{ $to }`
link-into-unreadable = 链接指向的文献无法读取
    .help = 请先改正那篇文献
link-to-original = 这个链接会公开保存的原件 { $path }
    .help = 原件只保存，不公开；如需公开，请把副本放在正文旁边
link-to-withheld-file = { $path } 属于一篇没有公开的文献，因此也不公开
    .help = 请链接到那篇文献本身；文件可以公开的话，请复制到这一篇旁边
link-to-withheld = `{ $id }` 的正文没有公开，链接没有去处
    .help = 请链接到文献本身：`{ $id }`
missing-image = 找不到图像：{ $path }
    .help = { $has_near ->
    [yes] 是不是 `{ $near }`？文件名区分大小写，文件夹之间用 `/`
   *[no] 请把图像放在文献旁边；文件名区分大小写
}
no-such-section = { $has_document ->
    [yes] `{ $document }`
   *[no] 本文
}没有章节 `{ $section }`
    .help = { $has_near ->
    [yes] 是不是 `#{ $near }`？
   *[no] { $has_known ->
        [yes] 已有的章节：{ $known }
       *[no] 该文献没有章节
    }
}
unsafe-address = 不能使用 `{ $scheme }` 链接
    .help = 可用的有 { $known }
