"""Pages about invented events in the shapes of the modern press."""

LIVE_BLOG = """\
<!doctype html><html lang="en"><head><title>Ferry collision off Lagos: live updates | Gulf Courier</title>
<meta property="og:title" content="Ferry collision off Lagos: live updates"><meta property="og:site_name" content="Gulf Courier">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "LiveBlogPosting", "headline": "Ferry collision off Lagos: live updates",
"datePublished": "2026-02-11T06:02:00+01:00", "author": [{"@type": "Person", "name": "Ngozi Balogun"}], "publisher": {"name": "Gulf Courier"}}</script>
</head><body><header class="site-header"><nav><a href="/">Home</a> <a href="/africa">Africa</a> <a href="/live">Live</a></nav></header>
<main><article class="live-blog"><h1>Ferry collision off Lagos: live updates</h1><p class="standfirst">Two ferries collided in the lagoon before dawn.</p>
<div class="byline">Ngozi Balogun in Lagos and Tom Ferris (earlier)</div><div class="timestamp">Wed 11 Feb 2026 13.40 WAT</div>
<section class="live-post"><time datetime="2026-02-11T12:31:00+01:00">12:31 WAT</time><h2>Harbour master says lights were off</h2>
<p>The harbour master, Ade Okoro, said that one of the two ferries had been sailing without lights when they met near the second bridge.</p>
<p>“We had warned the owners twice this month,” he told reporters at the jetty on Wednesday.</p><div class="share">Share on Facebook</div></section>
<section class="live-post"><time datetime="2026-02-11T10:05:00+01:00">10:05 WAT</time><h2>Divers reach the second hull</h2>
<p>Divers have reached the second hull and brought out nine people, the state’s emergency agency said in a statement on its website.</p>
<p>Relatives are waiting at the general hospital on the island, where the wounded are taken by boat.</p></section></article></main>
<aside class="sidebar"><h3>Most read</h3><ul><li><a href="/1">Rains close the road to the airport for a third day</a></li></ul></aside>
<footer><p>© 2026 Gulf Courier</p></footer></body></html>
"""

WIRE_STORY = """\
<!doctype html><html lang="en"><head><title>Quake near Izmit kills four, officials say - Bay Gazette</title></head><body>
<article><h1>Quake near Izmit kills four, officials say</h1><p class="author">By SELIN ARAS and JOHN PIKE, Associated Press</p>
<p class="pub-date">Published 4:10 PM EST Jan 9, 2026</p>
<div class="article-body"><p>(UPDATES death toll in paragraph 2, adds quotes from governor)</p>
<p>IZMIT, Turkey (AP) — A shallow earthquake shook towns along the gulf on Friday and brought down a row of old houses, officials said.</p>
<p>Four people died and some 30 were hurt, Governor Murat Demir told journalists outside the town hall. “We are still looking for two brothers,” he said.</p>
<p>The quake had a magnitude of 5.6, according to the national observatory. It was felt as far as Istanbul, about 100 kilometers (60 miles) to the west.</p>
<p>___</p><p>Pike reported from Ankara.</p></div>
<p class="copyright">Copyright 2026 The Associated Press. All rights reserved. This material may not be published, broadcast, rewritten or redistributed.</p>
</article></body></html>
"""

OPINION = """\
<!doctype html><html lang="en"><head><title>The lake is not ours to sell | Opinion | Highland Standard</title>
<meta name="author" content="Dr Ruth Abebe"><meta property="article:published_time" content="2026-03-02T05:00:00Z"></head><body>
<div class="breadcrumb"><a href="/">Home</a> › <a href="/opinion">Opinion</a></div>
<article><span class="kicker">Opinion</span><h1>The lake is not ours to sell</h1>
<div class="author-box"><a href="/abebe">Dr Ruth Abebe</a><span>Guest columnist</span><a href="https://x.com/r">@ruthabebe</a></div>
<div class="entry-content"><p>When the council voted last week to lease the western shore, it did so in eleven minutes and without hearing a single fisher.</p>
<p>I have taught water law for twenty years, and I know of no treaty that lets one district sign away what four districts drink.</p>
<p>The mayor calls the lease an investment. He should call it what it is: a debt that our children will pay in fish and in thirst.</p></div>
<p class="disclaimer">The views expressed in this article are the author’s own and do not reflect the editorial policy of the Highland Standard.</p>
<p class="bio">Dr Ruth Abebe is a professor of water law at the University of Bahir Dar.</p></article></body></html>
"""

PAYWALL = """\
<!doctype html><html lang="en"><head><title>Tram drivers accept pay deal</title></head><body>
<div id="cookie-consent" role="dialog"><h2>We value your privacy</h2><p>We and our 842 partners store and access information on your device. You can accept
or refuse all cookies, and change your mind at any time.</p><button>Accept all</button><button>Manage preferences</button></div>
<main><article><h1>Tram drivers accept pay deal</h1><p class="byline">By Marek Dvorak, transport correspondent</p><time datetime="2026-04-20">20 April 2026</time>
<div class="story-body"><p>Tram drivers in Brno have accepted a pay deal that ends a dispute of five months, their union said on Monday.</p>
<p>Under the deal wages rise by 7 percent this year and by 3 percent next year, and night shifts are limited to four in a row.</p>
<p>The city’s transport company said that all lines would run from Tuesday morning, and thanked passengers for their patience.</p></div>
<div class="paywall"><h3>To continue reading, subscribe today</h3><p>Already a subscriber? Log in here to read the full story.</p>
<p>Get unlimited access for 1 euro a week. Cancel at any time.</p></div></article></main></body></html>
"""

RIGHT_TO_LEFT = """\
<!doctype html><html lang="en" dir="rtl"><head><title>Border crossing reopens after talks | النهار الجديد</title>
<meta property="og:site_name" content="النهار الجديد"></head><body>
<nav><a href="/">الرئيسية</a> <a href="/p">سياسة</a> <a href="/e">اقتصاد</a></nav>
<article dir="ltr"><h1>Border crossing reopens after talks</h1><p class="byline">By Layla Haddad</p>
<div class="article-text"><p>The crossing at Al-Waleed reopened on Sunday after two weeks of talks between the two interior ministries, officials on both sides said.</p>
<p>“Trucks with food go first,” the governor, Hatem Saleh (\u202bحاتم صالح\u202c), told reporters at the gate.</p>
<p>About 300 trucks had been waiting on the eastern side since the crossing was closed in the first days of the month.</p></div></article>
<aside class="related"><h3>اقرأ أيضا</h3><ul><li><a href="/2">وزير النقل يزور الميناء الجديد في الجنوب</a></li></ul></aside>
<footer>جميع الحقوق محفوظة</footer></body></html>
"""

AMP = """\
<!doctype html><html ⚡ lang="en"><head><meta charset="utf-8"><title>Dam gates opened as river rises</title>
<link rel="canonical" href="https://valley.example/news/dam-gates"><style amp-boilerplate>body{visibility:hidden}</style>
<script async src="https://cdn.ampproject.org/v0.js"></script><script type="application/ld+json">{"@context": "http://schema.org",
"@type": "NewsArticle", "headline": "Dam gates opened as river rises", "datePublished": "2026-05-03T08:00:00Z", "author": {"@type": "Person", "name": "Anil Thapa"}}</script></head>
<body><amp-sidebar id="menu" layout="nodisplay"><ul><li><a href="/">Home</a></li><li><a href="/weather">Weather</a></li></ul></amp-sidebar>
<amp-ad width="300" height="250">Advertisement</amp-ad><article><h1>Dam gates opened as river rises</h1><div class="amp-byline">Anil Thapa | 3 May 2026</div>
<amp-img src="dam.jpg" width="600" height="400"></amp-img><figure><figcaption>Water leaves the upper gates of the dam on Saturday. Photo: Valley Press</figcaption></figure>
<div class="amp-article-content"><p>Engineers opened four gates of the dam above Sarlahi on Saturday night as the river rose to its highest level in a decade.</p>
<p>Villages downstream were told by loudspeaker to move to the schools on higher ground, the district office said.</p>
<amp-ad width="300" height="250">Advertisement</amp-ad>
<p>“No one is missing so far,” said the district’s chief officer, Sita Rai, and added that boats were standing by.</p></div>
<amp-social-share type="twitter">Tweet</amp-social-share></article></body></html>
"""
