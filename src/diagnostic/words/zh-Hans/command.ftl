following-looks-itself = 改为每 { $seconds } 秒查看一次文件
following-not-at-all = 要看到改动，请重新启动 `fonds serve`

already-withdrawn = `{ $id }` 已于 { $day } 撤回
    .help = 请发布，读者才会看到；页面上的说明是著录中的 `access_note`
bad-collection-path = `{ $path }` 不能作为专题的文件夹
    .help = 请用字母、数字、`-` 和 `_`，文件夹之间用 `/`
folder-not-empty = { $folder } 不是空文件夹
    .help = 请指定新的或空的文件夹
folder-unreadable = 无法读取当前文件夹：{ $cause }
    .help = 请进入档案库的文件夹，或用 `--archive DIR` 指定
never-published = { $address } 从未发布过
    .help = { $has_near ->
    [yes] 是不是 `{ $near }`？
   *[no] content/ids.lock 列出了发布过的全部地址
}
no-archive = 当前文件夹及其上级中没有 site.toml
    .help = 请进入档案库的文件夹（其中有 site.toml），或用 `--archive DIR` 指定，或用 `fonds init DIR` 新建
no-archive-beside-content = 当前文件夹及其上级中没有 site.toml
    .help = 这里有 content/ 文件夹：请在旁边建立文件 site.toml，写上一行 `title = "…"`
no-archive-in = { $folder } 中没有 site.toml
    .help = 请进入档案库的文件夹（其中有 site.toml），或用 `--archive DIR` 指定，或用 `fonds init DIR` 新建
no-archive-misnamed = 当前文件夹及其上级中没有 site.toml
    .help = 请把文件 { $name } 改名为 site.toml
no-browser = 无法打开浏览器：{ $cause }
    .help = 请自行打开 { $address }
no-document = 档案库中没有文献 { $name }
    .help = { $has_near ->
    [yes] 是不是 `{ $near }`？
   *[no] 请给出文献的 Markdown 路径或标识
}
not-yet-published = `{ $id }` 从未发布，无须撤回
    .help = 请在 { $path } 的著录中写上 `access = "closed"` 或 `draft = true`
not-watching = 系统不报告文件的改动（{ $cause }）；{ $then }
    .help = Linux 上可以调高 fs.inotify.max_user_watches，即可监视的文件夹数
still-answers = { $address } 仍在使用
    .help = 那里现在是 { $path }；请先删去或移走，或者用 `fonds withdraw` 撤回这篇文献
text-withheld = 这篇文献的正文没有公开，而 TEI 包含正文
    .help = 请用只需著录的其他格式
unknown-code = 没有代码 `{ $code }`
    .help = { $has_near ->
    [yes] 是不是 `{ $near }`？
   *[no] 运行 `fonds explain` 列出全部代码
}
site-in-archive = 网站不能放到 { $out }：{ $folder } 里是生成网站所用的文件
    .help = 请指定一个单独的文件夹，例如 `--out public`
zip-in-site = { $zip } 在网站自己的文件夹里
    .help = 请放在文件夹旁边；`--zip` 不带值时就是这样
zip-in-the-way = { $zip } 已经存在，而且不是 fonds 打包的网站，所以没有覆盖
    .help = 请换一个名称，或先删去该文件

## 移动

address-of-collection = { $address } 是专题 content/{ $address } 的地址
    .help = 要把文献移到其中，请写 `{ $address }/`
address-of-site-taken = 地址 `{ $address }` 留给{ $taker ->
    [indexes] 索引页
    [search] 检索
   *[edition] 繁体版
}使用
    .help = 请换一个专题或标识
already-at = `{ $id }` 已经在 { $address }
    .help = 请写另一个专题或标识
document-into-section = 文献不能变成章节
    .help = 请手工移动正文，并在著录中加上 `replaced_by = "…"`
file-in-the-way = { $path } 已经存在
    .help = 请先移开那个文件，或换一个标识
former-address-of = { $address } 是 { $other } 的旧地址
    .help = 一个地址只能通向一处，旧链接还指向那里：请换一个
heading-by-hand = 这个标题需要手工修改
    .help = 在标题末尾加上 `{"{"}#{ $new }{"}"}`，并在著录的 `[section_aliases]` 中加上 `{ $old } = "{ $new }"`
id-of-another = 标识 `{ $id }` 属于 { $other }
    .help = 请换一个标识
invalid-address = `{ $address }` 不能作为文献的地址
    .help = 请用字母、数字、`-` 和 `_`：`essays/letters`
invalid-section-id = 章节标识不能是 `{ $id }`
    .help = 请用字母、数字、`-` 和 `_`；`index` 和 `full` 是保留名称
overlapping-links = 正文中有两个链接重叠
    .help = 请先手工修改其中一个
section-into-document = 章节不能变成文献
    .help = 把新标识写在文献的标识之后：`fonds mv { $document }#{ $section } { $document }#{ $new }`
section-into-other = 章节不能移到另一篇文献中
    .help = 请手工移动正文，并在 { $path } 著录的 `[section_aliases]` 中加上 `{ $old } = "{ $other }#{ $new }"`
section-to-move-missing = `{ $document }` 没有章节 `{ $section }`
    .help = { $has_near ->
    [yes] 是不是 `{ $near }`？
   *[no] { $has_known ->
        [yes] 已有的章节：{ $known }
       *[no] 该文献没有章节
    }
}
section-id-taken = `{ $id }` 是 `{ $document }` 的另一个章节
    .help = 请换一个标识
within-document = content/{ $collection } 在 { $other } 的文件夹中
    .help = 文献不能放在另一篇文献的文件夹里：请换一个专题
