## 为什么没有做成保存包

deposit-in-archive = 保存包不能放到 { $folder }：{ $holds } 里是它所用的文件
    .help = 请在档案库之外指定一个单独的文件夹
names-meet = 两个文件在保存包中会同名：{ $one } 和 { $two }
    .help = 请给其中一个改名：在许多磁盘上，大小写不同或字符编码形式不同的名称是同一个名称
nothing-published = 档案库还没有发布过，而保存的总是某一版
    .help = 请先发布：`fonds publish --by-hand`
unpublished-changes = 第 { $edition } 版（{ $day }）之后档案库有了改动，而保存的总是某一版
    .help = 请先发布这些改动：`fonds publish --by-hand`

## 在带有校验清单的文件中发现了什么

bag-algorithm-unknown = 无法核对 { $name } 中的校验值：不认识这种算法
    .help = 可以核对 MD5、SHA-1、SHA-224、SHA-256、SHA-384 和 SHA-512
bag-alone = `{ $group }` 一组共有 { $count } 个包，这里只有 { $found } 个
    .help = 请把同组的包放在一个文件夹里
bag-encoding-unknown = 不认识标签文件的编码“{ $name }”
    .help = 请在 bagit.txt 中写明标签文件所用的编码；如今都是 UTF-8
bag-line-unread = 第 { $line } 行无法读取
    .help = 清单每行是校验值、空格和路径；fetch.txt 每行是地址、长度和路径
bag-listed-twice = { $path } 列了两次
    .help = 哪一行正确，要由制作者说明
bag-not-in-every = { $list } 没有列出这个文件，而另一份清单列出了
    .help = 包的每一份清单都要列出全部文件
bag-not-payload = 清单列出了 { $path }，而它不在 data/ 中
    .help = 这份清单只列 data/ 中的文件
bag-oxum = 包的说明写着 { $said }，实际是 { $found }（字节数和文件数）
    .help = 有文件缺少、多余或不完整；其他几条可能说明是哪些
bag-without-declaration = 包中没有可读的 bagit.txt
    .help = 请从来源重新复制；bagit.txt 说明包遵循哪一版规范
bag-without-list = 包中没有可以核对的清单
    .help = 请从来源重新复制，连同 manifest-sha256.txt 或其他清单
bytes-changed = 文件内容已经改变：{ $algorithm } 校验值原为 { $said }，现为 { $found }
    .help = 请用其他副本中的文件替换
file-missing = 缺少这个文件
    .help = 请从其他副本中补上
file-not-fetched = 缺少这个文件；fetch.txt 说它在 { $address }
    .help = 请下载后再核对；本命令不会自行下载
file-surplus = 任何清单都没有列出这个文件（{ $list }）
    .help = 请移走，或查明是谁放的
name-in-other-case = 这个文件在这里用了另一个名称：{ $found }（大小写不同）
    .help = 请改名
name-in-other-form = 这个文件在这里的名称用了另一种字符编码形式：{ $found }
    .help = 请改名；有些系统和程序在复制时会改变名称的编码形式
names-alike = 许多系统会把这个名称和 { $other } 当作同一个
    .help = 请不要在 Windows 或 macOS 上解开，否则一个会覆盖另一个
nothing-to-verify = { $path } 不是可以核对的内容
    .help = 请给出保存包、放保存包的文件夹、OCFL 存储根、档案库，或由 fonds 生成的网站
path-leaves = 路径 { $path } 指向文件夹之外，没有打开
    .help = 这样的清单可能别有用心；请向制作者查问
size-changed = 文件大小已经改变：原为 { $said } 字节，现为 { $found } 字节
    .help = 请用其他副本中的文件替换
