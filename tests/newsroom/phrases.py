"""The newsroom's names: places of Lombok, categories, invented people, days and months.

The place names are real, the people are not. Sentences stand in sentences.toml, which `topics` reads.
"""

from __future__ import annotations

from dataclasses import dataclass

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A regency or town: where a story happens and which category it is filed under."""

    name: str
    category: str
    seat: str
    districts: tuple[str, ...]
    villages: tuple[str, ...]


REGIONS = (
    Region(
        name="Kota Mataram",
        category="mataram",
        seat="Mataram",
        districts=("Ampenan", "Cakranegara", "Sekarbela", "Selaparang", "Sandubaya"),
        villages=("Kelurahan Bintaro", "Kelurahan Karang Pule", "Kelurahan Babakan", "Kelurahan Dasan Cermen"),
    ),
    Region(
        name="Kabupaten Lombok Barat",
        category="lombok-barat",
        seat="Gerung",
        districts=("Narmada", "Labuapi", "Kediri", "Sekotong", "Gunungsari", "Lingsar"),
        villages=("Desa Sesaot", "Desa Banyumulek", "Desa Suranadi", "Desa Kuranji", "Desa Buwun Mas"),
    ),
    Region(
        name="Kabupaten Lombok Tengah",
        category="lombok-tengah",
        seat="Praya",
        districts=("Jonggat", "Pujut", "Batukliang", "Janapria", "Pringgarata", "Kopang"),
        villages=("Desa Sukarara", "Desa Penujak", "Desa Aik Berik", "Desa Mertak", "Desa Setiling"),
    ),
    Region(
        name="Kabupaten Lombok Timur",
        category="lombok-timur",
        seat="Selong",
        districts=("Sikur", "Masbagik", "Pringgabaya", "Sembalun", "Jerowaru", "Sakra"),
        villages=("Desa Tetebatu", "Desa Pringgasela", "Desa Tanjung Luar", "Desa Sajang", "Desa Loyok"),
    ),
    Region(
        name="Kabupaten Lombok Utara",
        category="lombok-utara",
        seat="Tanjung",
        districts=("Gangga", "Kayangan", "Bayan", "Pemenang", "Tanjung"),
        villages=("Desa Senaru", "Desa Bentek", "Desa Sokong", "Desa Loloan", "Desa Genggelang"),
    ),
)

CATEGORIES = (
    ("mataram", "Mataram"),
    ("lombok-barat", "Lombok Barat"),
    ("lombok-tengah", "Lombok Tengah"),
    ("lombok-timur", "Lombok Timur"),
    ("lombok-utara", "Lombok Utara"),
    ("peristiwa", "Peristiwa"),
    ("ekonomi", "Ekonomi & Niaga"),
    ("ragam", "Ragam"),
)

# login, display name, the initials left at the end of a story
AUTHORS = (
    ("gilang", "Gilang Irawan Idris", "gii"),
    ("nurlaela", "Nurlaela Wasti", "nur"),
    ("redaksi", "Redaksi Kicknews", "red"),
    ("yudhaprana", "Yudha Pranasetya", "ydp"),
    ("mirahayati", "Mira Hayatiningsih", "mra"),
)

FIRST_NAMES = (
    "Sahlan", "Marwadi", "Huriani", "Zulkarim", "Baiq Ratnasih", "Lalu Wirajaya", "Mustamin", "Saparwadi", "Rohayani",
    "Fathurrazi", "Inaq Sumenah", "Junaidah", "Kasturi", "Nasrudin", "Wiralodra", "Sri Handiani", "Masnun",
)  # fmt: skip
LAST_NAMES = (
    "Hamdiyah", "Pratikto", "Saidun", "Mahyuni", "Sukriadi", "Adiwinata", "Nurpatria", "Jalaludin", "Wirasantika",
    "Kertasari", "Muhtadin", "Rinjaniwati", "Sudarmaji", "Abhimata",
)  # fmt: skip


CREDITS = ("Ist", "Istimewa", "kicknews.today", "dok. warga", "Humas", "tangkapan layar")


PAGES = (
    ("redaksi-kami", "Susunan Redaksi"),
    ("pedoman-media-siber", "Pedoman Media Siber"),
    ("tentang-kami", "Tentang Kami"),
    ("kontak-kami", "Kontak Kami"),
    ("kode-etik", "Kode Etik"),
)
