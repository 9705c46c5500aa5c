## 文件

changed-original = 原件 { $file } 已被改动{ $has_before ->
    [yes] ：现在 { $bytes } 字节，原来 { $before } 字节
   *[no] {""}
}
    .help = 请用副本恢复；如果是有意改动，请在著录中写 `sha256 = "{ $sha256 }"` 和 `bytes = { $bytes }`
changes-line = 第 { $line } 行不是“标识、日期、校验值”
    .help = 请删去这一行；该文献将按下一次发布时有改动处理
document-in-document = 文献放在了另一篇文献的文件夹里
    .help = 请移到那篇文献的旁边
duplicate-number = 两篇文献的文号相同：{ $number }
    .help = 请查看是否有一篇是重印本，或者文号有误；另一篇是 { $other }
duplicate-title = 两篇文献的题名相同，{ $dated ->
    [yes] 日期也相同
   *[no] 都没有日期
}
    .help = 如果是同一篇文献，请保留较好的文本；如果不是，请加上 `subtitle`；另一篇是 { $other }
edition-line = 第 { $line } 行不是发布时记下的改动
    .help = 若是合并时留下的标记行（<<<<<<<、=======、>>>>>>>），请删去；否则请从备份中取回这个文件
edition-text = “{ $id }”上一次公布时的文字已不在，或被改过
    .help = 请从备份中取回这个文件；没有它，下一版只能说明文字有改动，说不出原来写的是什么
file-name-not-utf8 = 文件名不是 UTF-8 编码
    .help = 请重新命名
folder-name-taken = 文件夹名 `{ $name }` 留给{ $taker ->
    [indexes] 索引页
    [search] 检索
   *[edition] 繁体版
}使用
    .help = 请用字母、数字、`-` 和 `_` 重新命名；`_index.md` 中的名称不受限制{ $taker ->
        [edition] ；如果不需要繁体版，请从 site.toml 的 `[variants]` 中删去 `zh-Hant = true`
       *[other] {""}
    }
home-page-name = 首页的文字应写在 content/_index.md 中
    .help = 请把文件名改为 `_index.md`；如果这是一篇文献，请换一个名称
ids-lock-line = 这一行不是“地址、标识、章节标识”
    .help = 请改正这一行或恢复原文件；写法是 `laws/notice/ notice full s1 s2`
ids-lock-merge = 合并冲突没有解决
    .help = 请删去以 `<<<<<<<`、`=======` 和 `>>>>>>>` 开头的行，保留其余各行
invalid-folder-name = 文件夹名 `{ $name }` 不能用在地址中
    .help = 请用字母、数字、`-` 和 `_` 重新命名；`_index.md` 中的名称不受限制
leftover-file = { $name } 像是软件留下的文件，所以不会发布
    .help = 请删去；如果要提供给读者，请换一个名称
near-name = { $rare } 和 { $common } 像是同一个名称
    .help = 如果相同，请统一写法；{ $common } 见于 { $path }{ $more ->
    [0] {""}
   *[other] ，另有 { $more } 处
}
no-content = 档案库中没有 content/ 文件夹
    .help = 请在 site.toml 旁边建立文件夹 `content`（小写），文献放在 content/<专题>/<文献>.md
original-missing = 缺少原件 { $file }
    .help = 请用副本恢复到 { $path }；如果不再保存原件，请删去著录中的 `[original]` 表
orphan-file = 没有正文显示或链接这个文件，所以不会发布
    .help = 请加上链接，或移到所属文献的文件夹中，或移出 content/
rights-unstated = { $count ->
    [1] 其他文献有权利说明，这一篇没有
   *[other] 其他文献有权利说明，另有 { $count } 篇没有；这是第一篇
}
    .help = 请加上 `rights = "…"`；无从得知时写 `rights_uri = "http://rightsstatements.org/vocab/UND/1.0/"`；要求每篇都写明时，在 site.toml 的 `[records]` 中设 `profile = "archival"`
wrong-extension = { $name } 没有作为文献读取：名称不以 `.md` 结尾
    .help = 请改为以 `.md` 结尾的名称；有些系统会隐藏扩展名

## 标识与地址

address-of-site = 地址 `{ $address }/` 留给{ $taker ->
    [indexes] 索引页
    [search] 检索
   *[edition] 繁体版
}使用
    .help = 请在著录中另写 `id = "…"`，或把文献移到一个专题中{ $taker ->
        [edition] ；如果不需要繁体版，请从 site.toml 的 `[variants]` 中删去 `zh-Hant = true`
       *[other] {""}
    }
alias-in-use = { $address } 是 { $other } 的地址
    .help = 一个地址只能通向一处：请从 `aliases` 中删去，或给另一篇文献换一个标识
alias-is-own = { $address } 就是这篇文献现在的地址
    .help = 请从 `aliases` 中删去；`aliases` 只列以前的地址
alias-of-two = { $address } 也是 { $other } 的旧地址
    .help = 一个地址只能通向一处：请从其中一篇著录中删去
alias-twice = { $address } 在 `aliases` 中出现了两次
    .help = 请删去一处
bad-document-id = 文献的标识不能是 `{ $id }`
    .help = 请在著录中写 `id = "…"`，用字母、数字、`-` 和 `_`
duplicate-id = 两篇文献的标识相同：`{ $id }`
    .help = 请在其中一篇的著录中另写 `id = "…"`；另一篇是 { $other }
invalid-alias = `{ $alias }` 不可能是文献的旧地址
    .help = 请写从网站根目录起的文件夹：`aliases = ["{ $directory }"]`
invalid-section-alias = `{ $id }` 不可能是章节的旧标识
    .help = 请写旧标识和现在对应的标识：`s4 = "s3"`
lost-address = `{ $id }` 曾发布在 { $address }/，现在不见了
    .help = 如果已经撤下，请建立文件 content/{ $address }.md：
    +++
    title = "{ $title }"
    access = "closed"
    access_note = "撤下的原因"
    +++
    如果由另一篇文献代替，请在其中加上 `replaced_by = "另一篇的标识"`。
    如果只是改了名称，请在现在的著录中加上 `aliases = ["{ $address }"]`。
    如果是误发，可以收回：`fonds forget { $address } --because "…"`
lost-draft = `{ $id }` 曾发布在 { $address }/，现在不见了
    .help = { $path } 现在是草稿：请删去著录中的 `draft = true`，或改为 `access = "closed"`。
    如果是误发，可以收回：`fonds forget { $address } --because "…"`
lost-moved = `{ $id }` 曾发布在 { $address }/，现在不见了
    .help = { $path } { $same ->
        [id] 的标识相同
        [bytes] 的内容完全相同
        [number] 的文号相同
        [title] 的题名相同
       *[sections] 的章节相同
    }。如果就是那篇文献，{ $has_aliases ->
        [yes] 请把著录中的 `aliases` 换成这一行
       *[no] 请在著录的题名之下加上这一行
    }：
    aliases = { $aliases }
    如果是误发，可以收回：`fonds forget { $address } --because "…"`
lost-sections = { $count ->
    [1] 章节 `{ $section }` 曾发布在 { $address }/，现在不见了
   *[other] 有 { $count } 个章节曾发布在 { $address }/，现在不见了
}
    .help = { $has_table ->
        [yes] 请在 { $path } 著录的 `[section_aliases]` 之下加上：
       *[no] 请在 { $path } 著录的末尾加上：
    }
    { $lines }{ $more ->
        [0] {""}
       *[other] {" "}…… 另有 { $more } 行
    }
    { $guessed ->
        [yes] 请核对对应的章节是否正确；`"index"` 是文献的首页。
       *[no] `"index"` 是文献的首页；请换成现在对应的章节。
    }
    如果是误发，可以收回：`fonds forget { $address }#{ $section } --because "…"`
replaced-by-draft = 没有标识为 `{ $id }` 的文献
    .help = { $path } 是草稿：请先删去著录中的 `draft = true`
replaced-by-unknown = 没有标识为 `{ $id }` 的文献
    .help = { $has_near ->
    [yes] 是不是 `replaced_by = "{ $near }"`？
   *[no] 请写代替它的文献的标识，即不带 `.md` 的文献名
}
replaced-in-circle = 这些文献互相代替，成了循环
    .help = 请从其中一篇的著录中删去 `replaced_by`
section-alias-circle = 这些旧标识互相指向，成了循环
    .help = 请让其中一个指向现有的章节，或用 `"index"` 指向文献的首页
section-alias-document = 没有标识为 `{ $id }` 的文献
    .help = { $has_near ->
    [yes] 是不是 `{ $near }`？
   *[no] 其他文献的章节写作 `"id#section"`，前面是那篇文献的标识
}
section-alias-in-use = `{ $id }` 是本文现有的章节
    .help = 请删去这一行；`[section_aliases]` 只列正文中已经没有的标识
section-alias-lost = `{ $document }` 没有章节 `{ $section }`
    .help = { $has_near ->
    [yes] 是不是 `"{ $near }"`？
   *[no] { $has_known ->
        [yes] 已有的章节：{ $known }。
       *[no] 该文献没有章节。
    }
}`"index"` 是文献的首页，`"full"` 是全文

## Leaks

leak = { $owner }{ $has_line ->
    [yes] {" "}第 { $line } 行
   *[no] {""}
}中不公布的文字会在这里公布{ $files ->
    [one] {""}
   *[other] ，共 { $files } 个文件
}
    .help = 请在生成这个文件的内容里删去这些文字：别的正文、说明、名称、模板或图片；在此之前不会发布
open-elsewhere = { $owner } 中遮盖的文字在这里照样公布
    .help = 若本意是要隐去，请在这里也遮盖
redacted-once = 这些文字在本篇别处已遮盖，在这里却照样公布
    .help = 请在这里也遮盖，或者去掉那一处的遮盖
sentences-elsewhere = { $owner } 的正文不公布，其中有一句在这里照样公布{ $count ->
    [one] {""}
   *[other] ；这样的不公布文献共 { $count } 篇
}
    .help = 已公布的文献里有的话，就不再是秘密；若不应公布，请把这一篇也设为不公布
