"""The addresses of pages that are no articles on any site: about the paper itself, lists, logins, files.

Regular expressions on path and query. Whatever a sitemap lists, these are not fetched as articles; a page of another
kind whose address does not say so is told by what it holds (kickcrawl.page.kind).
"""

# The pages about the paper itself, which every Indonesian newsroom has: press law asks for an imprint.
IMPRINT = (
    r"^/(?:(?:p|pages?|laman|statis|static|info|about)/)?(?:(?:susunan-|box-|tim-|dewan-)?redaksi(?:-kami)?|about(?:-us)?"
    r"|tentang(?:-kami)?|contact(?:-us)?|kontak(?:-kami)?|hubungi-kami|pedoman(?:-(?:pemberitaan-)?media-siber)?"
    r"|disclaimer|kode-etik(?:-jurnalistik)?|(?:kebijakan-privasi|privacy(?:-policy)?)|terms(?:-of-(?:use|service))?"
    r"|syarat-dan-ketentuan|ketentuan-layanan|info-iklan|iklan|pasang-iklan|karir|karier|lowongan|sitemap|visi-misi"
    r"|perusahaan|imprint|impressum)(?:\.html?|\.php)?/?$"
)
# Words in an address before the name of a keyword, a person or a part of the paper.
_TERMS = (
    r"tags?|tagged|topik|topics?|labels?|keywords?|kata-kunci|authors?|penulis|kontributor|categor(?:y|ies)|kategori"
    r"|rubrik|kanal"
)
_LISTS = r"archives?|arsip|indeks"
# Never an article anywhere: files, feeds, logins, searches, lists by date, person or keyword, manuals.
NEVER = (
    r"\.(?:jpe?g|png|gif|webp|svg|ico|pdf|docx?|xlsx?|pptx?|zip|rar|mp[34]|avi|css|js|json|xml|rss|atom|gz|txt)(?:\?|$)",
    r"^/(?:feed|rss|amp|search|cari|login|register|cart|checkout|my-account)(?:/|\?|$)",
    r"/(?:feed|rss|trackback|embed|attachment)/?(?:\?|$)",
    r"^/(?:category|kategori|tag|tags|topik|author|penulis|page|halaman|label|archives?|indeks|index)(?:/|\?|$)",
    # The same below any path, where only one name stands behind: /blog/tags/panen-raya, /kategori/ekonomi.html
    rf"/(?:{_TERMS})(?:/[^/?]+)?/?(?:\?|$)",
    rf"/(?:{_TERMS}|{_LISTS})\.(?:html?|php)(?:\?|$)",
    rf"/(?:{_LISTS})(?:/(?:19|20)\d\d)?(?:/\d\d?){{0,2}}/?(?:\?|$)",
    r"/(?:tags?|category|kategori|author|archives_\w+):[^/]+/?(?:\?|$)",  # Grav, WriteFreely
    r"/(?:taxonomy/term|component/(?:tags|users|search|finder)|user)(?:/|\?|$)",  # Drupal, Joomla
    r"/(?:docs|documentation|dokumentasi)/",
    r"/(?:page|halaman)/\d+/?(?:\?|$)",
    r"/(?:page|index|indeks)-?\d+(?:\.html?)?/?(?:\?|$)",
    r"^/(?:19|20)\d\d(?:/\d\d){0,2}/?(?:\?|$)",
    r"/(?:19|20)\d\d/\d\d/?(?:\?|$)",
    r"[?&](?:s|q|search|replytocom|attachment_id|page_id|cat|author|m|paged|preview)=",
    IMPRINT,
)
