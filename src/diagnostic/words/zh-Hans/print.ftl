annotations-left-out = 略去了 { $count } 条含有文字的注释
    .help = 原件中保留；应归入正文的请手工加上
attachments-left-out = 略去了 { $count } 个附件文件
    .help = 请用 OFD 阅读器另存附件，再单独导入
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
