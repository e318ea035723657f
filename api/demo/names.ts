/** Names out of the commonest surnames and given names; whoever is really called so is not meant. */
import type { Chance } from './chance.ts';

const SURNAMES = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈',
  ...'姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤',
];
const WOMEN = [
  ...['秀英', '桂英', '秀兰', '玉兰', '桂兰', '淑珍', '凤英', '玉梅', '秀芳', '丽华', '慧敏', '晓燕', '雪梅'],
  ...[
    '海燕',
    '春梅',
    '丽娟',
    '红霞',
    '艳丽',
    '静怡',
    '雨婷',
    '佳怡',
    '欣妍',
    '梦琪',
    '思涵',
    '敏',
    '静',
    '丽',
  ],
  ...[
    '艳',
    '娟',
    '芳',
    '霞',
    '娜',
    '婷',
    '玲',
    '燕',
    '洁',
    '琳',
    '颖',
    '倩',
    '雪',
    '慧',
    '蕾',
    '莉',
    '萍',
    '红',
  ],
];
const MEN = [
  ...['建国', '建华', '志强', '国强', '志明', '建军', '国华', '卫东', '永强', '海涛', '俊杰', '浩然', '子轩'],
  ...[
    '文博',
    '家豪',
    '宇航',
    '天佑',
    '振华',
    '德明',
    '长江',
    '保国',
    '新民',
    '伟',
    '强',
    '磊',
    '军',
    '勇',
    '涛',
  ],
  ...[
    '超',
    '明',
    '刚',
    '平',
    '辉',
    '鹏',
    '华',
    '飞',
    '鑫',
    '波',
    '斌',
    '宇',
    '浩',
    '凯',
    '健',
    '俊',
    '帆',
    '旭',
  ],
];

export function surname(chance: Chance): string {
  return chance.pick(SURNAMES);
}

export function givenName(chance: Chance): string {
  return chance.pick(chance.inThousand(500) ? WOMEN : MEN);
}

export function fullName(chance: Chance): string {
  return surname(chance) + givenName(chance);
}

/** The trade decides what a till usually takes, in fen. */
export type Shop = { readonly name: string; readonly leastFen: number; readonly mostFen: number };

const shop = (name: string, leastYuan: number, mostYuan: number): Shop => ({
  name: `${name}（演示）`,
  leastFen: leastYuan * 100,
  mostFen: mostYuan * 100,
});

/** Merchants around the estate. The clerk works at the first; the second is the other outlet. */
export const SHOPS: readonly Shop[] = [
  shop('和美积分超市', 8, 120),
  shop('和美积分超市东门店', 8, 90),
  shop('金穗粮油店', 20, 160),
  shop('禹香园早餐铺', 4, 25),
  shop('鼓楼小笼包', 12, 60),
  shop('汴河水果店', 10, 80),
  shop('康源大药房', 15, 180),
  shop('一家亲蔬菜店', 6, 50),
  shop('老味道熟食店', 10, 70),
  shop('清风洗衣店', 15, 90),
  shop('美丽人生理发店', 20, 120),
  shop('安心五金店', 5, 150),
  shop('好邻居便利店', 3, 60),
  shop('童乐文具店', 5, 80),
  shop('东湖鲜鱼店', 18, 110),
  shop('麦香烘焙坊', 8, 88),
  shop('桥头豆腐坊', 3, 20),
  shop('汴梁灌汤包', 15, 90),
  shop('新安家电维修', 30, 200),
  shop('绿野花店', 15, 130),
  shop('阳光眼镜店', 50, 300),
  shop('家家乐干货店', 12, 100),
  shop('金池牛羊肉店', 25, 190),
];

/** The property firm's own shop. */
export const FIRM_SHOP = shop('和美物业便民店', 5, 60);

export const SERVICE_TYPES = [
  '人居环境',
  '垃圾分类',
  '移风易俗',
  '助老服务',
  '平安巡逻',
  '文明劝导',
] as const;

export const GOODS = [
  { name: '鸡蛋一板', points: { VOL: 30, CON: 1_200 } },
  { name: '食用油一瓶', points: { VOL: 60, CON: 2_000 } },
  { name: '挂面两把', points: { VOL: 15, CON: 260 } },
  { name: '洗衣液一袋', points: { VOL: 45, CON: 1_500 } },
  { name: '抽纸一提', points: { VOL: 25, CON: 900 } },
  { name: '香皂两块', points: { VOL: 10, CON: 150 } },
] as const;
