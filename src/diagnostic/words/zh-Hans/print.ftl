annotations-left-out = 略去了 { $count } 条含有文字的注释
    .help = 原件中保留；应归入正文的请手工加上
attachments-left-out = 略去了 { $count } 个附件文件
    .help = 请用该文件的阅读器另存附件，再单独导入
damaged-content = 有 { $count } 处页面内容损坏，文字有缺漏
    .help = 请与版面核对，或从来源处重新复制文件
drawn-only = 文件中没有文字：{ $pages } 页都是用图形或图片画成的
    .help = 没有导入；请向发文单位索取含文字的文件，或做文字识别（OCR）后导入识别结果
private-characters = 有 { $count } 个字符只在文件自带的字体中才有意义
    .help = 请对照版面补上；别的程序也读不出
reading-order-doubtful = 第 { $page } 页{ $others ->
    [0] 按
   *[other] 及另外 { $others } 页按
}分栏顺序读取
    .help = 请与版面核对：如果那里是表格，单元格的顺序就不对
scans-left-out = 略去了 { $count } 张衬在文字下面、占满整页的图片
    .help = 原件中保留；如果是扫描件，旁边的文字是程序识别的，请核对
signed-document = 文件有签名或印章（{ $count } 个）
    .help = 只有原件能证明：档案库原样保存原件，正文不带签名
too-many-characters = 文件超过 { $most } 字
    .help = 没有导入；请拆分文件
too-many-pages-in-file = 文件超过 { $most } 页
    .help = 没有导入；请拆分文件
too-much-to-unpack = 画出文件页面所需的内存或时间超过任何文档的需要
    .help = 没有导入；如果确是文档，请重新打印成 PDF 文件
unknown-glyphs = 有 { $count } 个字所用的字体没有说明是什么字，各以 U+FFFD 代替
    .help = 请对照版面补上
unreadable-fonts = { $all } 个字中有 { $unknown } 个所用的字体没有说明是什么字
    .help = 没有导入；请索取制作该文件的原文档，或做文字识别（OCR）后导入识别结果
unseen-text = 有 { $count } 个字存在文件中而没有画出，程序在扫描件上识别的文字就是这样存的
    .help = 请与页面图像核对，程序识别会有错
