"""Archives of different shapes, as files by their paths. Each is published and deposited."""

import hashlib

SITE = 'title = "江城县文献库"\npublisher = "江城县地方史志学会"\n'


def document(title, text, fields=""):
    return f'+++\ntitle = "{title}"\n{fields}+++\n{text}\n'


def original(name, text):
    digest = hashlib.sha256(text.encode()).hexdigest()
    return f'[original]\nfile = "original/{name}"\nsha256 = "{digest}"\nbytes = {len(text.encode())}\n'


NOTICE = {"site.toml": SITE, "content/laws/notice.md": document("通知", "库房在楼的北面。")}


def with_original(name="page.html"):
    text = "<p>来件。</p>"
    return {
        "site.toml": SITE,
        "content/laws/notice/index.md": document("通知", "库房在楼的北面。", original(name, text)),
        f"content/laws/notice/original/{name}": text,
    }


def shapes():
    """Name → files, and how the deposit is ordered."""
    many = {f"content/texts/t{number}.md": document(f"第 {number} 篇", "字" * 500) for number in range(120)}
    withheld = {
        "content/laws/closed.md": document("封存", "秘。", 'access = "closed"\naccess_note = "待定"\n'),
        "content/laws/draft.md": document("草稿", "秘。", "draft = true\n"),
        "content/laws/later.md": document("未到期", "秘。", 'embargo_until = "2090-01-01"\n'),
    }
    return {
        "one-document": (NOTICE, []),
        "with-an-original": (with_original(), []),
        "with-an-address": (NOTICE | {"site.toml": 'base_url = "https://archive.example/a/"\n' + SITE}, []),
        "with-mail": (
            NOTICE | {"site.toml": 'base_url = "https://archive.example/"\npublisher_email = "a@archive.example"\n' + SITE},
            [],
        ),
        "traditional": (NOTICE | {"site.toml": SITE + "\n[variants]\nzh-Hant = true\n"}, []),
        "english": ({"site.toml": 'title = "Records"\nlanguage = "en"\n', "content/a/b.md": document("A letter", "Text.")}, []),
        "withheld-left-out": (NOTICE | withheld, []),
        "withheld-taken-in": (NOTICE | withheld, ["--with-withheld"]),
        "nothing-open": ({"site.toml": SITE} | withheld, []),
        "many": (NOTICE | many, []),
        "split": (NOTICE | many, ["--split", "500k"]),
        "split-small": (NOTICE | many, ["--split", "60k"]),
        "own-style": (NOTICE | {"static/own.css": "p { margin: 0 }", "static/字/体.txt": "甲"}, []),
        "two-forms-of-a-letter": (with_original("e\u0301te\u0301.html"), []),
        "spaces": (with_original(" a  b .html"), []),
        "line-ends": (with_original("a.html") | {"content/laws/notice/original/甲\n乙\r.txt": "二"}, []),
        "empty-files": (with_original() | {"content/laws/notice/original/nothing": ""}, []),
        "deep": (with_original() | {"content/laws/notice/original/" + "a/" * 60 + "b.txt": "深"}, []),
        "large": (with_original() | {"content/laws/notice/original/large.bin": "0123456789abcdef" * 400_000}, []),
        "strange-words": (
            {
                "site.toml": 'title = "库: 一\\n二 & <三>"\npublisher = "处: \\r\\n 乙"\ndescription = "' + "长" * 900 + '"\n',
                "content/laws/notice.md": document("通知: & <b>", "文。"),
            },
            [],
        ),
    }
