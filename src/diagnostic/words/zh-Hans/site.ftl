## 网站

foreign-files = { $name } 中有 { $count } 个文件不是 fonds 生成的：{ $files }
    .help = 请把需要的文件移到档案库的 static/ 文件夹，其余的删去
missing-strings = 缺少 { $count } 条文字，暂用 { $language } 的
    .help = 请加上 { $missing }
no-chinese-font = 没有找到中文字体，所以不生成 PDF
    .help = 请安装一种：Debian 上是 fonts-noto-cjk（Windows 和 macOS 自带），或用 `{ $folder }` 指定字体文件夹。找过 { $fonts } 等
no-traditional-edition = 语言为 `{ $language }` 的档案库不能有繁体版
    .help = 只有简体中文可以转换：请删去这一行，或设 `language = "zh-Hans"`
not-built-by-fonds = { $name } 不是 fonds 生成的，不会替换
    .help = 请用 `--out` 指定另一个文件夹，或把它移开
old-zip = { $zip } 是本档案库较早的网站，后来撤下的内容还在里面
    .help = 请删去，或重新打包：`fonds build --zip={ $zip }`
path-clash = 网站中有两个文件的路径相同：{ $one } 和 { $two }
    .help = 请给它们对应的文献、专题或文件换一个名称
pdf-failed = 无法生成 PDF：{ $why }
    .help = 网站照常发布，只是没有这份 PDF；请安装字符齐全的字体，更换损坏的图像
pdf-not-included = 这个 fonds 不含 PDF 功能，所以不生成 PDF
    .help = 在 fonds 的源码目录中运行 `cargo install --path . --features pdf`
unconvertible-page = 无法转换 { $page }：{ $cause }
    .help = 请在 `[variants]` 中设 `zh-Hant = false`，或改正这一页的模板
unknown-place = `{ $key }` 中的 `{ $place }` 没有可填的内容
    .help = { $has_known ->
    [yes] 可用的有 { $known }
   *[no] 请删去：这里不填内容
}
unknown-string = 没有 `{ $key }` 这条文字
    .help = { $has_near ->
    [yes] 是不是 `{ $near }`？
   *[no] {""}
}自定的文字要在自己的模板中用到
unportable-name = 这个文件名不能在 Windows 上使用：{ $path }
    .help = 请给对应的文件换一个名称：不用 `<`、`>`、`:`、`"`、`\`、`|`、`?`、`*` 和换行，末尾不用空格和句点，也不用 con、prn、aux、nul、com1、lpt1

## 模板

where-on-page = 首次见于页面 { $page }；各模板可用的内容见指南的 “Templates” 一页
where-anywhere = 各模板可用的内容见指南的 “Templates” 一页

cannot-loop = 只有列表和表可以循环，这里是 `{ $kind }`
    .help = { $more }
endless-page = 页面没有尽头
    .help = 模板（或它引入的模板）中有做不完的事，如循环套循环、文字或列表一再成倍加长，请改正；首次见于页面 { $page }
look-alike-in-template = 这里不能出现 { $sign }
    .help = 请用英文直引号和半角括号；{ $more }
nothing-to-loop = 没有可以循环的内容
    .help = { $more }
outside-blocks = 区块之外的内容不会显示
    .help = 请移到上级模板的某个区块中；{ $more }
template-fault = 模板引擎报告：{ $why }
    .help = { $more }
unclosed-block = 这个 `{ $tag }` 没有结束
    .help = 在结束处写 `{"{"}% end{ $tag } %{"}"}`；{ $more }
unknown-name = 这里没有 `{ $name }`
    .help = { $has_near ->
    [yes] 是不是 `{ $near }`？
   *[no] 可用的有 { $known }；
}{ $more }
unknown-template = 没有模板 { $name }
    .help = { $has_near ->
    [yes] 是不是 `"{ $near }"`？
   *[no] 模板以它在 templates/ 中的路径为名；
}{ $more }
