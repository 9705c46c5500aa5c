## `fonds publish` 的发布目标

bad-target-address = `{ $address }` 不是这类发布目标的地址
    .help = 请写成 `{ $example }` 这样的形式；地址中不要写密码
bad-target-name = `{ $name }` 不能作为发布目标的名称
    .help = 请用英文字母、数字、`-` 和 `_`：保存密码的环境变量按它命名
foreign-at-target = “{ $target }”那里有 { $count } 个不是由本程序放置的文件占着位置：{ $files }
    .help = 没有传送任何内容。请到那里看一看：需要的移走，其余的删除；或者给这个目标换一个 `path`
no-target = site.toml 中没有名为“{ $name }”的发布目标
    .help = { $has_near ->
    [yes] 是不是 `{ $near }`？
   *[no] { $has_known ->
        [yes] 可用的有 { $known }
       *[no] 请在 site.toml 中加上 `[publish.{ $name }]`；或用 `--by-hand` 发布，再自己把 public/ 复制到读者看得到的地方
    }
}
other-archive = “{ $target }”那里的网站有 { $count } 篇文献是本档案库从未发布过的：{ $documents }
    .help = 没有传送任何内容。如果是别人向这个目标发布过，请先合并他的 content/ids.lock；如果那是另一个档案库的网站，请给这个目标换一个 `path`
secret-in-site = `{ $key }` 是机密，不能写在 site.toml 中
    .help = 请删除它，并在原处更换：它可能已经被人看到。机密从环境变量读取，变量的名称见 `fonds explain secret-in-site`
secret-missing = “{ $target }”需要的机密没有设置：{ $variables }
    .help = 请先在环境变量中设置，再运行 `fonds publish { $target }`{ $has_keyring ->
    [yes] ；也可以保存在系统的钥匙串中，服务名为 `fonds`，账户名就是变量名
   *[no] {""}
}
target-in-archive = “{ $target }”的文件夹与 { $folder } 互相包含
    .help = 请把 `path` 改到档案库以外，例如 "../site"
target-key-missing = 发布目标“{ $target }”缺少 `{ $key }`
    .help = 请加上一行，例如 `{ $key } = "{ $example }"`
target-number = `{ $key }` 应在 { $least } 到 { $most } 之间
    .help = 请写 { $least } 到 { $most } 之间的数
targets-not-included = 这个程序编译时没有包含发布目标的功能，无法发布到“{ $name }”
    .help = 请带上 `targets` 功能重新编译；或用 `--by-hand` 发布，再自己复制 public/
unknown-host-key = 不认识 { $address } 的主机密钥
    .help = 请向服务器的管理者核对。如果无误，请在 `[publish.{ $target }]` 下加上 `host_key = "{ $fingerprint }"`
wrong-host-key = { $address } 的主机密钥与约定的不同，现在是 { $fingerprint }
    .help = 没有传送任何内容。请询问服务器的管理者：要么密钥换过了，要么有人在中间冒充
