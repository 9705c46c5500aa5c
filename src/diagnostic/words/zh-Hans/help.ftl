## fonds --help：各命令与选项的说明。英文在 src/cli.rs 中。
## 名称由命令和选项组成；.long 是详细说明，.after 是例子。

help-fonds = 把文献及其著录做成可以长久保存的网站
    .long =
        把文献及其著录做成可以长久保存的网站

        档案库是一个文件夹，其中有 site.toml 和 content/；content/ 中是 Markdown 文件，每份的著录写在两行 +++ 之间。`fonds build` 在 public/ 中生成网站，双击即可打开，也可以放在光盘或任何主机上。
    .after =
        从这里开始：
          fonds init archive        在文件夹 archive 中新建档案库
          fonds check               检查有什么问题
          fonds build               在 public/ 中生成网站
          fonds explain CODE        查看消息的含义
help-fonds-archive = 档案库的文件夹［默认：最近的、含有 site.toml 的上级文件夹］
help-fonds-quiet = 只显示错误
help-fonds-verbose = 显示更多：从哪里读取，写入哪里
help-fonds-color = 何时使用颜色：auto（终端支持时）、always、never［默认：auto］
help-fonds-lang = 消息和帮助的语言：en 或 zh-Hans［默认：档案库的语言，其次系统的语言］
help-fonds-format = 供人阅读（human），或每行一个 JSON 对象供程序读取（json）［默认：human］
help-fonds-help = 显示帮助
help-fonds-version = 显示版本

help-help = 显示命令的帮助

help-init = 在文件夹中新建档案库
    .long =
        在文件夹中新建档案库

        在终端上会询问名称、保管单位和语言；已用选项给出的不再询问。
    .after =
        例子：
          fonds init archive            新建档案库，含一篇文献，可以直接生成
          fonds init archive --eject    连同全部模板和静态文件，以便修改
          fonds init archive --yes --title '江城档案' --publisher '江城市档案馆' --language zh-Hans
help-init-folder = 新的或空的文件夹
help-init-eject = 同时写入内置的模板和静态文件
help-init-title = 档案库的名称
help-init-publisher = 保管单位
help-init-language = 界面和正文的语言：`zh-Hans`、`zh-Hant`、`en` 或其他 BCP 47 代码
help-init-yes = 不询问

help-build = 在 public/ 中生成网站
    .long =
        在 public/ 中生成网站

        所有文件先写在原网站旁边，检查之后一次替换：无论出了什么问题，原有的网站都不会改动。不是 fonds 生成的文件夹，决不替换。
    .after =
        例子：
          fonds build                                     当前文件夹所在的档案库，生成到 public/
          fonds build --base-url https://archive.example  连同站点地图、订阅和绝对的固定链接
          fonds build --zip                               另外打包成 public.zip，便于交付
          fonds build --from page.txt --out site          不用档案库，直接从采集的文本生成
help-build-from = 不用档案库，直接从采集的文本生成
help-build-out = 网站的文件夹［默认：档案库中的 public/］
help-build-zip = 另外把网站打包成一个 zip 文件［默认：在网站文件夹旁边］
help-build-jobs = 线程数［默认：每个处理器一个］
help-build-drafts = 同时生成标有 draft = true 的文献
help-build-timings = 显示各阶段所用的时间
help-build-base_url = 网站将来的地址，代替 site.toml 中的 base_url

help-publish = 发布：生成网站，固定所有地址，形成新的一版
    .long =
        发布：生成网站，固定所有地址，形成新的一版

        发布了的内容会被引用，所以任何地址都不能再失效。地址连同每一版的编号和日期写入 content/ids.lock，请与档案库一起保存。只要有地址会失效，就不发布。

        发布目标是 site.toml 中的 [publish.名称]：文件夹或网络共享、SFTP、WebDAV、FTP，或对象存储（S3、OSS、COS、OBS）。只传送有变化的文件，每个文件都读回核对。中断以后再发布一次，会从中断处继续。密码从环境变量读取，例如目标 web 的 FONDS_WEB_PASSWORD。
    .after =
        例子：
          fonds publish web                                        生成、固定地址，并传送到目标 web
          fonds publish web --dry-run                              列出将要传送和删除的文件
          fonds publish --by-hand                                  生成 public/ 并固定地址，然后自己复制到读者看得到的地方
          fonds publish --by-hand --because '更正日期'             说明为什么有新的一版
          fonds publish --by-hand --dry-run                        看看能不能发布新的一版
help-publish-target = 发布到哪里：site.toml 中写明的一个目标
help-publish-by_hand = 不传送：由您自己复制网站的文件夹
help-publish-because = 为什么有新的一版；读者可能看到
help-publish-dry_run = 只检查能不能发布，不写入
help-publish-out = 网站的文件夹［默认：档案库中的 public/］
help-publish-zip = 另外把网站打包成一个 zip 文件［默认：在网站文件夹旁边］

help-forget = 收回发布过的地址
    .long =
        收回发布过的地址

        用于误发的内容。地址不再作保证；那里会有一页说明：已收回、日期和原因。别人手中的副本和搜索引擎保存的内容不会因此改变。
    .after =
        例子：
          fonds forget essays/sample --because '误发的样例'
          fonds forget essays/letters#s3 --because '空的章节'
help-forget-address = 文献在网站中的文件夹，或其中一节：文件夹#章节
help-forget-because = 原因；读者会看到

help-withdraw = 撤回发布过的文献
    .long =
        撤回发布过的文献

        用于正当发布、后来有人要求撤下的文献。著录设为不开放，并写明原因；其文字从各版留存的内容中删去；地址保留，并说明已经撤回。档案库仍保存这篇文献。网站在下一次 `fonds publish` 时改变。Git 中的历史、保存包和别人手中的副本不会因此改变。
    .after =
        例子：
          fonds withdraw letters --because privacy --note '应家属要求'
          fonds withdraw content/notices/first.md --because rights --dry-run
help-withdraw-document = 文献的标识，或其 Markdown 文件
help-withdraw-because = 哪一类原因；读者会看到：privacy（隐私）、rights（权利）、order（指令）、error（差错）、other（其他）
help-withdraw-note = 一句说明；读者会看到，代替这一类原因的说法
help-withdraw-dry_run = 只说明会做什么，不写入

help-deposit = 把最后一版做成可以存放在别处的保存包
    .long =
        把最后一版做成可以存放在别处的保存包

        保存包遵循 BagIt 1.0：文献连同原件、网站、著录，以及 SHA-256 和 SHA-512 清单，任何人都能据此核对是否完整。不公开的正文不放进去。请先发布：没有发布的内容不会保存。
    .after =
        例子：
          fonds deposit ../deposit-2026                   最后一版，做成一个包
          fonds deposit ../deposit-2026 --split 4G        分成几个包，每个不超过 4 GB
          fonds deposit ../closed --with-withheld         连同读者不能看的内容，交给会妥善封存的机构
help-deposit-folder = 新的或空的文件夹；保存包从不覆盖
help-deposit-split = 分成几个包，每个不超过这个大小，如 700M、4G；一篇文献放得下时不拆开
help-deposit-with_withheld = 同时放入草稿、不公开或未到公开日期的正文，以及编者的注记

help-verify = 核对文件是否还是原来的样子
    .long =
        核对文件是否还是原来的样子

        核对保存包、放保存包的文件夹、由 fonds 生成的网站（文件夹或网址）中的每个校验值，或档案库的原件。能发现改变的、缺少的、多余的文件，以及途中被改变的文件名。不写入任何内容。
    .after =
        例子：
          fonds verify ../deposit-2026                    一个保存包，或放保存包的文件夹
          fonds verify public                             生成的网站
          fonds verify https://archive.example/           已发布的网站：逐个取回文件
          fonds verify . --format json > report.jsonl     这个档案库的原件，供程序读取的报告
help-verify-what = 保存包、放保存包的文件夹、网站的文件夹、档案库，或已发布网站的地址

help-import = 把采集件变成著录，并逐字节保存采集件
    .long =
        把采集件变成著录，并逐字节保存采集件

        可读取保存的网页（HTML，任何常见编码）、Word 文件（.docx）、纯文本、Markdown、EPUB 书和网络存档（WARC，每页一篇文献）。识别题名、责任者、日期、来源单位，以及“一、”“（一）”等标题和网页上的附属内容。不丢失任何文字：不属于正文的，要么在著录中，要么列为略去；每个字符都经过核对。
    .after =
        例子：
          fonds import --dry-run page.html              逐行显示会识别出什么
          fonds import captures/ --into essays          文件夹中的每份采集件，写入 content/essays/
          fonds import site.warc.gz                     网络存档中的每一页
          fonds import --update page.html               已有文献的新采集件
          fonds import --as letters page2.html          文献 `letters` 的新采集件
          fonds import --dry-run --format json *.txt    每份采集件一个 JSON 对象，供程序读取
help-import-paths = 采集件、文件夹，或 "captures/**/*.html" 这样的通配写法
help-import-into = content/ 之下的文件夹［默认：按来源单位］
help-import-dry_run = 只显示会识别出什么，不写入
help-import-target = 作为该标识所指文献的新采集件
help-import-update = 采用已有文献的新采集件；著录中的手工改动保留

help-serve = 在浏览器中浏览，随时显示改动
    .long =
        在浏览器中浏览，随时显示改动

        打开页面时才按文件的现状生成：无论档案库多大，保存之后立即可见。有问题的地方连同位置和办法显示在页面上，改正之后消失。不写入任何文件。
    .after =
        例子：
          fonds serve --open               在浏览器中打开 http://127.0.0.1:1111/
          fonds serve --port 8000          换一个端口；0 表示任取一个空闲的
          fonds serve --bind 0.0.0.0       网络中的其他计算机也可以访问，能看到档案库公开的全部内容
help-serve-port = 端口［默认：1111］
help-serve-bind = 监听的地址；127.0.0.1 只接受本机的连接［默认：127.0.0.1］
help-serve-host = 除地址和 localhost 外，浏览器可以使用的主机名
help-serve-open = 在浏览器中打开网站
help-serve-drafts = 同时显示标有 draft = true 的文献

help-mv = 给文献或章节换一个地址，旧地址转到新地址
    .long =
        给文献或章节换一个地址，旧地址转到新地址

        移动文献的文件（或文件夹及其中的一切），并把旧地址写入著录（aliases，或 section_aliases 表）。全库中会失效的链接一并修改，其他内容不变。
    .after =
        例子：
          fonds mv letters essays/letters           把文献 `letters` 移到专题 essays
          fonds mv letters essays/                  同上
          fonds mv letters letters-1950             在原专题中换一个标识
          fonds mv content/a/x.md content/b/y.md    同时换专题和标识，用文件路径表示
          fonds mv letters#s1 letters#opening       给章节换一个标识，写作标题后的 {"{"}#opening{"}"}
          fonds mv --dry-run letters essays/        只显示会改什么，不写入
help-mv-old = 文献的标识或文件，或章节：id#section
help-mv-new = 新的位置：COLLECTION/ID、COLLECTION/、ID；章节写作 id#section
help-mv-dry_run = 只显示会改什么，不写入

help-check = 检查一切可能的问题，不生成网站
    .after =
        例子：
          fonds check
          fonds check --fix                         显示可以确定的改正，确认之后写入
          fonds check --external                    同时检查网址
          fonds check --deny warnings               有警告就停止，供脚本使用
          fonds check --format json | jq .code
          fonds check --format sarif > fonds.sarif  供代码托管平台或编辑器使用
help-check-external = 检查正文和著录中的每个网址是否仍有应答
    .long =
        检查正文和著录中的每个网址是否仍有应答

        对每个主机每次只访问一个地址，中间有停顿；正常的应答保留一周，存放在用户的缓存文件夹中（Linux 上是 ~/.cache/fonds/addresses.json），不在档案库中。内部网络的地址不检查。
help-check-private = 与 --external 一起使用，同时检查内部网络的地址
help-check-deny = 有警告时也以退出码 1 结束；值为 warnings
help-check-fix = 显示可以确定的改正，并写入
    .long =
        显示可以确定的改正，并写入

        写入之前先询问；不在终端上时，除非给出 --yes，否则不写入。只改动有问题的字节。
help-check-yes = 与 --fix 一起使用，不询问就写入
help-check-format = 供人阅读（human），每行一个 JSON 对象供程序读取（json），或 SARIF 2.1.0（sarif）［默认：human］
help-check-drafts = 同时检查标有 draft = true 的文献
help-check-timings = 显示各阶段所用的时间

help-explain = 说明消息代码的含义和办法
    .long =
        说明消息代码的含义和办法

        fonds 的每条消息都在方括号中带有代码，例如 error[broken-link]。每个代码有一页说明，附有例子和办法。不给出代码时列出全部。
    .after =
        例子：
          fonds explain broken-link
          fonds explain                 列出全部代码，各附一句说明
help-explain-codes = 消息中显示的代码

help-record = 以引文或交换格式输出一篇文献的著录
    .after =
        例子：
          fonds record letters                               这个标识的文献如何引用
          fonds record content/notices/letters.md --format bibtex >> library.bib
          fonds record letters --format json-ld | jq .author
help-record-document = 文献的文件或标识
help-record-format = 输出格式：cite（引文）、bibtex、ris、csl、json-ld、dc、tei［默认：cite］
help-record-base_url = 网站将来的地址，代替 site.toml 中的 base_url

help-man = 输出手册页，或写入文件夹
    .after =
        例子：
          fonds man | man -l -                      全部阅读
          fonds man ~/.local/share/man/man1         安装之后可用 man fonds-build
help-man-folder = 存放手册页的文件夹：fonds.1、fonds-build.1 等

help-completions = 输出命令行补全脚本
    .after =
        例子：
          fonds completions bash > ~/.local/share/bash-completion/completions/fonds
          fonds completions fish > ~/.config/fish/completions/fonds.fish
help-completions-shell = bash、zsh、fish、powershell 或 elvish

## 帮助中的其他文字

usage-heading = 用法：
usage-section = { $name }：
usage-arguments = 参数
usage-commands = 命令
usage-options = 选项
usage-options-name = [选项]
usage-command-name = 命令

## 手册页的标题

usage-man-name = 名称
usage-man-synopsis = 用法
usage-man-description = 说明
usage-man-options = 选项
usage-man-subcommands = 命令
usage-man-version = 版本
usage-man-extra = 例子

## 命令行的错误

usage-error = 错误：
usage-unknown-argument = 没有选项 { $argument }
usage-invalid-subcommand = 没有命令 { $argument }
usage-invalid-value = { $argument } 的值不能是“{ $value }”
usage-no-value = { $argument } 后面要有一个值
usage-no-equals = { $argument } 和它的值之间要用 =
usage-too-many-values = { $argument } 后面的值太多：{ $value }
usage-too-few-values = { $argument } 后面的值不够
usage-argument-conflict = { $argument } 不能与 { $other } 一起使用
usage-missing-argument = 缺少 { $argument }
usage-missing-subcommand = 缺少命令
usage-invalid-utf8 = 参数不是有效的 UTF-8
usage-other = 无法理解这个命令
usage-valid-values = 可用的值：{ $values }
usage-suggestion = 是不是 { $values }？
usage-more = 详细说明请用 --help。
usage-hint-lang = 可用的值：`zh-Hans`、`en`
usage-hint-language = 语言代码写作 `zh-Hans`、`zh-Hant`、`en` 等
usage-hint-base_url = 网址以 https:// 或 http:// 开头
