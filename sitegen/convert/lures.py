"""The words of advertising, and the words of honest names that look like it.

A list is never complete; `contamination` weighs these words by where they stand and what stands beside them.
"""

from __future__ import annotations

import re


def _any_of(words: str) -> re.Pattern[str]:
    """Compile alternatives, whatever their case, behind a look at the first character: ten times as fast on clean text.

    Every alternative begins with a literal character or with a digit written as a class.
    """
    branches = re.split(r"\|", re.sub(r"\(\?!.*?\)", "", words))
    first = "".join(sorted({"0-9" if branch[0] == "\\" else branch[0] for branch in branches}))
    return re.compile(f"(?=[{first}])(?:{words})", re.IGNORECASE)


BLATANT = _any_of(
    "博彩|竞猜|赌博平台|赌场|赌球|百家乐|时时彩|六合彩|北京赛车|pk10|棋牌(?!室|类|运动|活动|比赛|赛|社|协会|文化|管理)|捕鱼游戏|捕鱼达人|老虎机|真人娱乐|娱乐城|娱乐平台|线上娱乐"
    "|下注|投注(?!站|点|机)|滚球|盘口"
    "|凯时|人生就是[博搏]|亚博|开云|开元棋牌|华体会|乐鱼|爱游戏|九游会|必威|betway|bet365|威尼斯人|葡京|金沙娱乐|太阳城|皇冠体育|皇冠现金|永利"
    "|新葡|万博|米兰体育|星空体育|半岛体育|江南体育|天博|火狐体育|ayx|leyu|hth|福利视频|无码|有码|色情|情色|约炮|偷拍|三级片|黄片|成人视频"
    "|成人影|久久精品|一区二区|私服|代孕|代开发票|壮阳"
    "|银河国际|雷火|欧宝|ob体育|bob体育|ag真人|ag亚游|ag旗舰|pg电子|pg娱乐|mg电子|cq9|bet\\d{1,4}|\\d{2,4}bet|manbetx|yabo|kaiyun|jiuyou"
    "|九游|米乐|博鱼|b体育"
    "|必一运动|尊龙|凯发|利来国际|龙8|乐虎国际|优德88|伟德|韦德体育|威廉希尔|新浦京|永利皇宫|太阳集团|太阳成|美高梅|千亿国际|千赢|同乐城|十博|金宝博|澳门新|澳门金|澳门威|澳门太阳"
    "|大发彩票|彩神|快三|幸运飞艇|腾讯分分彩|足球外围|足球比分|正版资料|六合宝典|计划软件|大小单双|买球|押注|竞彩|球赛竞猜|电竞先驱|电竞平台|麻豆|草榴|毛片|黄色网站|啪啪|做爱|性爱|丝袜|少妇"
    "|人妻|乱伦|情趣用品"
    "|春药|伟哥|威而鋼|威而钢|犀利士|壯陽|迷药|办证刻章|贷款秒批|裸聊|成人網|情色網|博弈網|博弈网|娛樂城|老虎機|百家樂"
)
"""Words that no institution's name holds."""

SOFT = _any_of(
    "福利彩票|体育彩票|免费|永久|在线|視頻|视频|高清|官网|官方|网站|网址|入口|平台|下载|安装|登录|登陆|注册|app|手机版|手机|最新版|最新|网页版|客户端"
    "|观看|影院|影视|电影|电视剧|成人|激情|精品|国产|国内|欧美|日韩|亚洲|第一|福利|体育|娱乐|电竞|游戏|电子|彩票|全站|首页|真人|国际|中国|资源"
    "|大全|直播|线上|信誉|正规|老牌|大厅|中文|字幕|久久|综合|一区|二区|三区|av|色|版|有限公司|旗舰厅|全站|最新|网投|哪里买|哪裡買|官網|免費|線上|高清|觀看|下載|登入|註冊|網站|網址"
    "|娛樂|電競|國際"
)
"""Words of advertising that stand in honest names, too."""
AGAINST = re.compile(
    "打击|整治|治理|禁止|严禁|不得|禁赌|防范|查处|抵制|警惕|处置|清理|取缔|宣传|整顿"
    "|诈骗|违法|危害|引诱|提醒|教育|举报|不参与|不下载"
)
"""Words of notices against what is advertised."""
HONEST = re.compile(
    "福利彩票|体育彩票|人民政府|大学|大學|学院|學院|学校|學校|中学|医院|醫院|法院|检察院|管理局|总局"
    "|打击|整治|治理|禁止|严禁|禁赌|防范|查处|抵制|警惕|处置|清理|取缔|宣传|整顿"
)
"""Words of institutions, and of notices against what is advertised."""
TELLING = _any_of(
    "免费|永久|在线|高清|官网|官方网|入口|下载|登录|登陆|注册|app|观看|影院|激情|无码|真人|免費|官網|下載|觀看|登入|線上"
)
BAIT = _any_of(
    "免费|免費|永久|视频|視頻|高清|观看|觀看|影院|影视|电影|成人|激情|精品|国产|欧美|日韩|亚洲|福利|体育|娱乐|娛樂|电竞|電競|游戏|彩票|真人"
    "|国际|國際|直播|久久|字幕|av"
)
"""What is advertised; 官方网站登录入口 alone is a link that any site has."""
CALL_AT_END = re.compile(
    "(?:登录|登陆|登入|入口|下载|下載|网址|網址|注册|观看|觀看|网页版|手机版|最新版|客户端|app)$", re.IGNORECASE
)
"""How no institution signs."""

PLACE_AT_END = re.compile(
    "(?:[镇乡村县旗]|社区|街道|居民|村民|小区|林场|农场)(?:支部|总支|党委|服务站|服务中心|合作社)?$"
)
"""How places are named; 永利镇 and 太阳城社区 bear a brand's name and are none of its advertising."""

CALL = re.compile("注册|登录|登陆|下载|点击|送钱|返利|网址|官网|入口|加微信|客服|app", re.IGNORECASE)
"""How advertising calls its readers in."""
