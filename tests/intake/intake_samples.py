"""Texts and pages about invented events, as sites and agencies set them."""

STORY = """\
Category: Africa

Harbour strike spreads as talks in Maputo break down

close Video

Dockers march through Beira as strike enters third week

Reporter Ines Tavares looks at what the stoppage means for exports.

Dock workers in three ports walked out on Tuesday after talks with the transport ministry in Maputo ended without a deal, union leaders said.

UNION CHIEF SAYS WORKERS ARE ‘READY’ TO STAY OUT UNTIL CHRISTMAS IF DEMANDS ARE IGNORED

Dockers, left, shout at police officers at the gate of the port of Beira, Tuesday, March 4, 2025. (AP Photo/Luis Amaral)

Transport Minister Helena Couto said the government had offered a rise of 6 percent. “We have gone as far as the budget lets us,” she told reporters after the meeting.

ALSO READ:  Ferry service to Inhaca island resumes

The union wants 11 percent and a halt to night shifts. It says 4,200 workers have joined the strike so far.

What happens next

A court is due to hear the port operator’s complaint on Thursday, and both sides said they would attend.

CLICK HERE TO GET THE PORT NEWS APP

The Associated Press contributed to this story.

Share

Recent Posts

Mayor questioned over new tram line after costs double in a year

The mayor of the capital, Rui Nunes, took questions on Monday after the price of…

20 minutes ago

Floods cut off two villages in Sofala

Rivers in the central province rose by two metres and left…

3 hours ago
"""

PAGE = """\
<!doctype html><html lang="en"><head><title>Harbour strike spreads | The Example Post</title>
<meta property="og:title" content="Harbour strike spreads as talks break down"><meta property="og:site_name" content="The Example Post">
<meta property="article:published_time" content="2025-03-04T18:20:00+02:00"><meta name="author" content="Ines Tavares">
<link rel="canonical" href="https://post.example/world/harbour-strike">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Harbour strike spreads as talks break down",
"datePublished": "2025-03-04T18:20:00+02:00", "dateModified": "2025-03-05T08:00:00+02:00", "author": [{"name": "Ines Tavares"}, {"name": "Rui Nunes"}],
"publisher": {"name": "The Example Post"}, "articleSection": "World"}</script><style>p {color: red}</style></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<main><article><h1>Harbour strike spreads as talks break down</h1>
<div class="byline">By <a href="/ines">Ines Tavares</a> and Rui Nunes</div><time datetime="2025-03-04T18:20:00+02:00">4 March 2025</time>
<figure><img src="x.jpg"><figcaption>Dockers at the gate of the port of Beira. <span class="credit">Luis Amaral/Reuters</span></figcaption></figure>
<div class="article-body"><p>MAPUTO (Reuters) - Dock workers in three ports walked out on Tuesday after talks with the transport ministry ended
without a deal, union leaders said.</p><p>Transport Minister Helena Couto said the government had offered a rise of 6 percent. “We have gone as
far as the budget lets us,” she told reporters.</p><aside class="related"><h3>Related stories</h3><ul><li><a href="/a">Ferry service to Inhaca island
resumes after storm</a></li><li><a href="/b">Floods cut off two villages in Sofala province</a></li></ul></aside>
<h2>What happens next</h2><p>The union wants 11 percent and a halt to night shifts. It says 4,200 workers have joined the strike so far.</p>
<blockquote><p>We will stay out until Christmas if we must, and the minister knows it as well as we do.</p></blockquote>
<p>A court is due to hear the port operator’s complaint on Thursday, and both sides said they would attend.</p>
<p style="display:none">Hidden words that nobody sees on the page.</p></div>
<div class="share-buttons"><a>Share on Facebook</a><a>Tweet</a></div></article></main>
<div class="newsletter"><p>Sign up for our daily newsletter and never miss a story.</p></div>
<footer><p>© 2025 The Example Post. All rights reserved.</p></footer><script>var hidden = "never shown";</script></body></html>
"""
