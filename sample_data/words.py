"""The vocabulary of the synthetic data: frequent surnames and syllables, places, drugs, diagnoses."""

from __future__ import annotations

SURNAMES = tuple(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
)
_SURNAMES = """wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song
tang xu han feng deng cao peng zeng xiao tian dong pan yuan cai jiang yu yu du ye cheng su wei lv ding ren shen yao
lu jiang cui zhong tan lu wang fan jin shi"""
SURNAMES_PINYIN = tuple(_SURNAMES.split())
GIVEN = tuple("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂文辉玲建国华海燕云飞志红梅晨宇欣怡浩然子轩雨桐思源佳琪俊博")
_GIVEN = """wei fang na min jing li qiang lei jun yang yong yan jie juan tao ming chao xiu xia ping gang gui wen hui
ling jian guo hua hai yan yun fei zhi hong mei chen yu xin yi hao ran zi xuan yu tong si yuan jia qi jun bo"""
GIVEN_PINYIN = tuple(_GIVEN.split())
GIVEN_WOMAN = "芳娜敏静丽艳娟秀霞桂玲燕云红梅晨欣怡雨桐思佳琪"

DISTRICTS = (
    ("350203", "福建省厦门市思明区"), ("350206", "福建省厦门市湖里区"), ("350211", "福建省厦门市集美区"),
    ("350102", "福建省福州市鼓楼区"), ("350104", "福建省福州市仓山区"), ("350128", "福建省福州市平潭县"),
    ("350502", "福建省泉州市鲤城区"), ("350602", "福建省漳州市芗城区"), ("310101", "上海市黄浦区"),
    ("310115", "上海市浦东新区"), ("110101", "北京市东城区"), ("110105", "北京市朝阳区"),
    ("440106", "广东省广州市天河区"),
    ("440305", "广东省深圳市南山区"), ("330106", "浙江省杭州市西湖区"), ("330203", "浙江省宁波市海曙区"),
    ("320102", "江苏省南京市玄武区"), ("510104", "四川省成都市锦江区"), ("420106", "湖北省武汉市武昌区"),
    ("610113", "陕西省西安市雁塔区"), ("370202", "山东省青岛市市南区"), ("430102", "湖南省长沙市芙蓉区"),
)  # fmt: skip
STREETS = (
    "湖滨南路",
    "中山路",
    "莲前西路",
    "软件园二期望海路",
    "五四路",
    "学府路",
    "人民大街",
    "解放路",
    "新华路",
    "环岛东路",
)

_MOBILE = """134 135 136 137 138 139 147 150 151 152 157 158 159 178 182 183 184 187 188 195 198 130 131 132 155 156 166
175 176 185 186 133 149 153 173 177 180 181 189 191 193 199"""
MOBILE_PREFIXES = tuple(_MOBILE.split())
CARD_BINS = ("622848", "622202", "621700", "621661", "622588")
PROVINCES = tuple("闽沪粤浙京苏鲁川鄂陕湘赣皖豫冀津渝辽吉黑晋蒙桂琼贵云藏甘青宁新")
VIN_HEADS = ("LSVAA", "LFV2A", "LGBH1", "LBVCU", "LRW3E")
EMPLOYERS = ("海翼航材有限公司", "东方机务工程公司", "Aero Parts GmbH", "SkyTurn Services Ltd", "鹭翔工程协作公司")
POSITIONS = ("采购经理", "质量工程师", "Account Manager", "Sales Director", "客户代表", "Technical Buyer")

DIAGNOSES = (
    ("E11.9", "2型糖尿病"), ("I10", "原发性高血压"), ("C50.9", "乳腺癌"), ("C34.9", "非小细胞肺癌"),
    ("B18.1", "慢性乙型病毒性肝炎"),
    ("J45.9", "支气管哮喘"), ("M06.9", "类风湿关节炎"), ("F32.9", "抑郁症"), ("N18.3", "慢性肾脏病3期"),
    ("K21.0", "胃食管反流病"),
)  # fmt: skip
REACTIONS = ("皮疹", "恶心", "头晕", "肝功能异常", "过敏性休克", "白细胞减少", "腹泻", "心悸")
DRUGS = ("阿司匹林肠溶片", "二甲双胍片", "阿托伐他汀钙片", "奥美拉唑肠溶胶囊", "信迪利单抗注射液", "恩替卡韦片")
ETHNICITIES = ("汉族", "汉族", "汉族", "汉族", "汉族", "汉族", "回族", "畲族", "壮族", "满族")
OUTCOMES = ("痊愈", "好转", "未好转", "不详")
PRODUCTS = ("岩茶礼盒", "保温杯", "羊绒围巾", "蓝牙耳机", "儿童雨衣", "不锈钢炒锅", "面巾纸12包", "运动水壶")
LEVELS = ("普通", "银卡", "金卡", "白金")
CHANNELS = ("门店", "小程序", "cross_border", "天猫")
