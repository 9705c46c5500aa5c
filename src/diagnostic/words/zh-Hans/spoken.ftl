## 代码的分组

topic-archive = 档案库与文件
topic-records = 著录与设置
topic-texts = 正文与链接
topic-beside = 文献之间
topic-site = 网站
topic-deposits = 保存包及其文件
topic-importing = 导入

## 标签

label-affiliation = 所属单位
label-author = 责任者
label-blocks = 段落等
label-created = 成文日期
label-date = 日期
label-dropped = 略去
label-editors = 编辑
label-error = 错误
label-files = 文件
label-headings = 标题
label-help = 办法
label-in-the-record = 在著录中
label-index-number = 索引号
label-issuer = 发文机关
label-note = 提示
label-number = 文号
label-put-into = 写入
label-read-as = 读作
label-recognised = 识别
label-rights = 权利
label-source = 来源
label-subjects = 主题
label-subtitle = 副题名
label-text = 正文
label-title = 题名
label-to-look-at = 待核对
label-warning = 警告
label-whole = 合计

## 进度与阶段

task-asking-addresses = 检查网址
task-depositing = 写入保存包
task-packing = 打包
task-reading-captures = 读取采集件
task-reading-records = 读取著录
task-verifying = 核对
task-sending = 传送
task-writing-pages = 写入页面
stage-scan = 查找文件
stage-theme = 主题
stage-records = 著录
stage-look = 检查
stage-preparing = 准备
stage-pages = 页面
stage-lists = 列表与索引
stage-catalogues = 数据文件
stage-manifest = 清单
stage-commit = 替换网站
stage-packing = 打包

## 略去的原因

why-dropped-page-title = 网页标题
why-dropped-repeated-title = 题名重复
why-dropped-repeated-author = 作者重复
why-dropped-repeated-number = 文号重复
why-dropped-no-value = 标签无内容
why-dropped-breadcrumb = 当前位置
why-dropped-view-counter = 浏览次数
why-dropped-font-size = 字号切换
why-dropped-print-button = 打印按钮
why-dropped-close-button = 关闭或返回按钮
why-dropped-neighbour-link = 上一篇、下一篇
why-dropped-share = 分享按钮
why-dropped-rights-notice = 权利说明（已入著录）
why-dropped-site-operator = 网站主办方
why-dropped-icp-number = 网站备案号
why-dropped-police-number = 公安备案号
why-dropped-site-code = 政府网站标识码
why-dropped-error-report = 纠错
why-dropped-site-map = 网站地图与声明
why-dropped-rule = 分隔线
why-dropped-navigation = 导航
why-dropped-page-furniture = 正文之外
why-dropped-caption = 所缺图片的说明
why-dropped-on-many-pages = 多页共有的链接
why-dropped-form-control = 表单
why-dropped-hidden = 页面上不显示
why-dropped-invisible = 无可见字符
why-dropped-note-return = 脚注返回链接
why-dropped-note-number = 脚注号重复
why-dropped-page-number = 页码
why-dropped-running-head = 页眉页脚
why-dropped-watermark = 水印
why-dropped-printed-twice = 同一处重复印刷
why-dropped-template = 模板

## 采集件的各部分

recognised-attachment = 附件
recognised-attachment-list = 附件清单
recognised-clause = 条款
recognised-contents-line = 目录行
recognised-date = 日期
recognised-figure = 图
recognised-footnote = 脚注
recognised-heading = { $level } 级标题
recognised-item = 列表项
recognised-note-author = 作者说明
recognised-note-editor = 编者说明
recognised-note-public = 公开说明
recognised-paragraph = 段落
recognised-preformatted = 原样文本
recognised-quotation = 引文
recognised-salutation = 称谓
recognised-table = 表格

## 提问

question-apply-fixes = 是否写入这 { $count } 处改正？
question-language = 语言（zh-Hans、zh-Hant 或 en）
question-publisher = 保管单位（可不填）
question-title = 档案库的名称
hint-how-to-apply = 没有写入。要写入这些改正，请运行 `fonds check --fix --yes`。
hint-how-to-update = 要采用新采集件，请用同样的路径运行 `fonds import --update`。
hint-language-tag = 请填 zh-Hans、zh-Hant、en 或其他 BCP 47 代码
hint-nothing-to-fix = 没有可以自动改正的地方

## 报告的各行

told-as-known = { $file }：已经导入为 { $record }
told-changed = { $files }{ $more ->
    [0] {""}
   *[other] {" "}等，另有 { $more } 个
}  { $milliseconds } 毫秒
told-dropped-because = 略去：{ $why }
told-dropped-lines = { $count } 行：{ $reasons }
told-faults = { $errors ->
    [0] {""}
   *[other] { $errors } 个错误
}{ $both ->
    [yes] ，
   *[no] {""}
}{ $warnings ->
    [0] {""}
   *[other] { $warnings } 个警告
}
told-filled-in = { $file } → { $record }（已补入正文；`access = "record"` 仍不公开正文）
told-imported = { $file } → { $record }
told-kept-address = {"  "}{ $old } → { $new }（旧地址会转到新地址）
told-link-changed = {"  "}{ $file }:{ $line } 的链接  { $from } → { $to }
told-more-to-read = 详细说明请运行 `fonds explain { $codes }`。
told-newer-capture = { $file } 是 { $record } 的新采集件，改动如下：
told-no-title-found = 没有找到，用文件名代替
told-not-for-format = { $count } 个文件未读取，不支持的类型：{ $ending }
told-outline = { $headings ->
    [0] {""}
   *[other] { $headings } 个标题
}{ $has_levels ->
    [yes] （{ $levels }）
   *[no] {""}
}{ $headings ->
    [0] {""}
   *[other] ，
}{ $paragraphs } 个段落
told-page-cannot-be-made = 无法生成这一页
told-panel-faults = { $faults }{ $has_errors ->
    [yes] ：现在生成不会发布任何内容
   *[no] {""}
}
told-panel-more = 另有 { $count } 处；全部请运行 `fonds check`
told-reading-writing = 读取 { $from }，写入 { $to }
told-updated = { $file } → { $record }（已更新，原有的改动保留）
told-waiting-for = 另一个 fonds 正在修改这个档案库：{ $command }（进程 { $process }），等它结束

## serve 没有页面时的答复

no-page-address = 这不是页面的地址
no-page-failed = 无法生成这一页
no-page-host = 不能使用这个主机名；请用服务器的地址打开，或用 --host 允许这个名称
no-page-method = 本服务器只提供页面
no-page-symbolic-link = 不读取符号链接

## 结果

summary-built = 已生成 { $documents } 篇文献，{ $files } 个文件（{ $size }），用时 { $seconds } 秒 → { $path }{ $has_zip ->
    [yes] {" "}和 { $zip }（{ $zip_size }）
   *[no] {""}
}{ $has_faults ->
    [yes] ；{ $faults }
   *[no] {""}
}
summary-checked = 已检查 { $documents } 篇文献：{ $has_faults ->
    [yes] { $faults }
   *[no] { $notes ->
        [0] 没有问题
       *[other] 没有问题，{ $notes } 条提示
    }
}
summary-deposited = 已保存第 { $edition } 版（{ $day }）：{ $documents } 篇文献，{ $files } 个文件（{ $size }），{ $bags } 个包 → { $folder }{ $takes_all ->
    [yes] {"\u000A"}其中有不对读者公开的内容，接收者不得公开
   *[no] { $left_out ->
        [0] {""}
       *[other] {"\u000A"}没有公开正文的 { $left_out } 篇文献不在其中
    }
}{ $large ->
    [0] {""}
   *[other] {"\u000A"}{ $large } 个文件超过指定的大小，各占一个包
}
summary-fixed = 已在 { $files } 个文件中写入 { $count } 处改正
summary-forgotten = { $address } 已收回；下一次 `fonds publish` 会在那里放一个说明页
summary-imported = 已导入 { $imported } 份采集件{ $updated ->
    [0] {""}
   *[other] ，更新 { $updated } 份
}{ $known ->
    [0] {""}
   *[other] ，先前已导入 { $known } 份
}{ $changed ->
    [0] {""}
   *[other] ，{ $changed } 份有改动，未加 `--update` 而没有采用
}{ $failed ->
    [0] {""}
   *[other] ，失败 { $failed } 份
}
summary-moved = 已修改 { $links } 个链接{ $by_hand ->
    [0] {""}
   *[other] ，另有 { $by_hand } 个需要手工修改
}；用 `fonds build` 重新生成
summary-moved-dry = 将修改 { $links } 个链接{ $by_hand ->
    [0] {""}
   *[other] ，另有 { $by_hand } 个需要手工修改
}；没有写入
summary-new-archive = 已在 { $folder } 新建档案库

    接下来：
      编辑 { $folder }/site.toml 和 { $folder }/content/essays/first.md
      fonds build --archive { $folder }
      打开 { $folder }/public/index.html
summary-nothing-built = { $faults }；没有生成
summary-nothing-deposited = { $faults }；没有做成保存包
summary-nothing-moved = 没有移动；请先改正错误
summary-nothing-published = { $faults }；没有发布{ $old_site ->
    [yes] ，原有的网站没有改动
   *[no] {""}
}
summary-nothing-sent = { $faults }；没有向“{ $target }”传送任何内容{ $dry_run ->
    [yes] {""}
   *[no] 。第 { $edition } 版已经固定：处理之后请再运行 `fonds publish { $target }`
}
summary-nothing-wrong = 没有问题
summary-published = { $dry_run ->
    [yes] { $is_new ->
        [yes] 可以发布第 { $edition } 版
       *[no] 自第 { $edition } 版（{ $day }）以来没有变化
    }
   *[no] { $is_new ->
        [yes] 已发布第 { $edition } 版
       *[no] 没有变化，再次发布第 { $edition } 版（{ $day }）
    }：{ $documents } 篇文献，{ $files } 个文件（{ $size }），用时 { $seconds } 秒 → { $folder }{ $has_zip ->
        [yes] {" "}和 { $zip }（{ $zip_size }）
       *[no] {""}
    }
}{ $has_faults ->
    [yes] ；{ $faults }
   *[no] {""}
}{ $dry_run ->
    [yes] {""}
   *[no] {"\u000A"}请把 { $folder } 整个复制到读者看得到的地方
}
summary-sent = { $dry_run ->
    [yes] { $is_new ->
        [yes] 可以把第 { $edition } 版发布到“{ $target }”
       *[no] 可以把第 { $edition } 版（{ $day }）发布到“{ $target }”
    }：{ $files } 个文件中将传送 { $sent } 个（{ $size }）{ $removed ->
        [0] {""}
       *[other] ，删除 { $removed } 个
    }
   *[no] { $goes_on ->
        [yes] 接着上次中断的发布，
       *[no] {""}
    }{ $is_new ->
        [yes] 已把第 { $edition } 版发布到“{ $target }”
       *[no] 已把第 { $edition } 版（{ $day }）发布到“{ $target }”
    }：{ $files } 个文件中传送了 { $sent } 个（{ $size }）{ $removed ->
        [0] {""}
       *[other] ，删除了 { $removed } 个
    }，用时 { $seconds } 秒 → { $place }
}{ $has_faults ->
    [yes] ；{ $faults }
   *[no] {""}
}
summary-ready = { $address }
    已就绪：{ $documents } 篇文献，用时 { $seconds } 秒{ $has_faults ->
        [yes] ；{ $faults }
       *[no] {""}
    }。保存的改动立即显示；按 Ctrl-C 结束
summary-verified = 已核对{ $what } { $path }：{ $files } 个文件（{ $size }），用 { $algorithms }：{ $has_faults ->
    [yes] { $faults }
   *[no] 完整无误
}
summary-verified-digest = 以上各行的 SHA-256：{ $digest }
summary-withdrawn = { $dry_run ->
    [yes] `{ $id }` 将被撤回：{ $path } 的著录会设为不开放，其文字会从 editions/ 中删去；没有写入
   *[no] `{ $id }` 已撤回：{ $path } 的著录已设为不开放，其文字已从 editions/ 中删去。运行 `fonds publish` 之前，网站不变。
}
    无法追回的有：档案库在 Git 中的历史、先前的保存包、光盘和 ZIP 文件、别人手中的副本，以及网络存档。
    题名、地址和原因仍然公开；如果题名透露太多，请在著录中修改。
verifiable-archive = 档案库的原件
verifiable-bag = 保存包
verifiable-bags = { $count } 个保存包，在
verifiable-site = 网站
verifiable-web-site = 已发布的网站
