"""The newsroom's vocabulary: places of Lombok, invented people, dates and the sentences any topic may use.

Templates are filled by `articles.Writer`: ``{a|b}`` picks one, ``{kec}`` is a slot, and they may nest. Everything here is
made up for tests; the place names are real, the people are not.
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

FACTS = (
    "{Hingga|Sampai} {berita ini ditulis|Rabu malam|pekan ini}, {nn} {warga|kepala keluarga} di {desa} masih menunggu "
    "{kabar|kejelasan|langkah} dari {pemerintah kabupaten|kantor camat|dinas terkait}.",
    "Kecamatan {kec} {dihuni|ditempati} sekitar {nnn} jiwa yang tersebar di {n} dusun, dan {sebagian besar|hampir "
    "separuhnya} hidup dari {sawah|laut|berdagang kecil-kecilan|ternak}.",
    "Catatan {kantor desa|kecamatan} menyebut {jumlah itu|angka tersebut} {naik|turun} {persen} persen "
    "dibanding {tahun lalu|bulan sebelumnya|musim yang sama dua tahun silam}.",
    "Anggaran yang {disiapkan|dicadangkan} mencapai {rp}, {sebagian|lebih dari separuh} di antaranya bersumber dari "
    "{dana desa|APBD perubahan|bagi hasil cukai|sumbangan para perantau}.",
    "Pertemuan serupa {pernah digelar|sudah dua kali dilakukan} di {desa2}, namun {belum membuahkan hasil|pesertanya "
    "tidak sampai {n} orang|keputusannya tidak pernah dituangkan dalam berita acara}.",
    "{Pantauan|Pengamatan} media ini sekitar pukul {jam} Wita, {antrean kendaraan mengular hingga pertigaan|suasana "
    "tampak lengang|puluhan orang berkumpul di berugak depan kantor desa}.",
    "Sejumlah {pemuda|ibu rumah tangga|tokoh adat} dari {desa2} {ikut hadir|turut membantu} sejak pagi, {meski hujan "
    "belum juga reda|sembari membawa bekal dari rumah|secara bergantian hingga petang}.",
    "{Rapat lanjutan|Pembahasan berikutnya} dijadwalkan {tgl_depan} di {aula kantor camat|pendopo|balai dusun} dengan "
    "mengundang {n} perwakilan {dusun|kelompok|lembaga}.",
    "Jarak dari pusat Kecamatan {kec} ke {desa} sekitar {n} kilometer dan {hanya bisa dilalui satu mobil|sebagian "
    "ruasnya masih berupa tanah|kini dapat ditempuh kurang dari setengah jam}.",
    "Warga {kec2} yang bersebelahan {mengaku|bercerita} mengalami hal yang {hampir sama|lebih ringan} sejak "
    "{tgl_lalu}, {tetapi|hanya saja} belum {pernah didata|ada petugas yang datang}.",
    "{tokoh3} {memilih tidak banyak berkomentar|hanya membenarkan garis besarnya} ketika {dihubungi|ditemui} {hari}.",
    "Di {kab} sendiri tercatat {nn} {titik|lokasi|kelompok} dengan {keadaan|persoalan} yang {serupa|tidak jauh beda}, "
    "terbanyak di {kec} dan {kec2}.",
)

QUOTES = (
    "kami {tidak ingin|tak mau} {persoalan|urusan} ini {berlarut-larut|hanya ramai di grup pesan}, "
    "{harus ada|perlu} {jawaban|tenggat} yang jelas",
    "semua {data|catatan} sudah kami {serahkan|bukukan}, silakan {dicek|dibandingkan} langsung di {kantor|lapangan}",
    "{yang penting|intinya} {gotong royong|musyawarah} tetap {jalan|dijaga}, soal {biaya|anggaran} bisa "
    "{dicari bersama|menyusul}",
    "sudah {n} kali kami {menyurati|mendatangi} mereka, {baru sekarang ada tanggapan|jawabannya selalu diminta sabar}",
    "target kami sebelum {tgl_depan} semuanya {rampung|beres}, {paling tidak|minimal} {persen} persennya",
    "{terus terang|jujur saja} {tenaga|alat} kami terbatas, {n} orang harus melayani {nn} {rumah|pemohon}",
    "anak-anak muda {di sini|di dusun kami} {mau bekerja|punya kemampuan}, {tinggal|cuma} {diberi ruang|diarahkan}",
    "{kalau|bila} cuaca {mendukung|bersahabat}, {pekan depan|lusa} {sudah bisa dimulai|kami turun lagi}",
    "{tidak ada|jangan ada} yang {ditutup-tutupi|dianakemaskan}, laporannya kami {tempel|bacakan} di masjid setiap Jumat",
)

CLOSINGS = (
    "{Sampai sekarang|Hingga petang} {pihak|perwakilan} {kab} belum {memberi|menyampaikan} keterangan tambahan "
    "{mengenai|perihal} {hal itu|rencana tersebut}.",
    "{tokoh2} berharap {perhatian|semangat} serupa {tidak berhenti|terus tumbuh} {setelah acara usai|pada tahun-tahun "
    "mendatang}.",
    "Warga yang {memerlukan|ingin} {keterangan|melapor} dapat datang ke {kantor desa|posko} pada pukul {jam} Wita "
    "setiap hari kerja.",
    "Perkembangannya akan {dievaluasi|dilihat} kembali {tgl_depan}.",
    "Selain di {desa}, {kegiatan|langkah} {yang sama|serupa} {direncanakan|akan berlanjut} di {desa2} {bulan|pekan} "
    "berikutnya.",
    "Biaya seluruhnya ditaksir {rp} dan akan {dipertanggungjawabkan|diumumkan} {secara terbuka|di papan desa}.",
)

SUBHEADS = (
    "{Menunggu|Menagih} {kepastian|janji}", "Suara dari {kec}", "Angka {di atas kertas|di lapangan}", "Yang perlu dicatat",
    "{Langkah|Rencana} setelah ini", "Berawal dari {desa2}",
)  # fmt: skip

LIST_ITEMS = (
    "{desa}: {nn} {orang|keluarga}, {biaya|nilai} {rp}",
    "Kecamatan {kec2} dengan {n} {kelompok|titik}",
    "{Pendaftaran|Verifikasi|Pembagian} sampai {tgl_depan}",
    "Paling lambat pukul {jam} Wita {di kantor camat|di lapangan umum}",
    "{Tahap|Gelombang} {pertama|kedua|ketiga} senilai {rp}",
)

CAPTION_SUBJECTS = (
    "Suasana di {desa}", "{tokoh1} saat ditemui wartawan", "Warga Kecamatan {kec} berkumpul", "Jalan menuju {desa2}",
    "{Petugas|Relawan} bersiap di {kec2}", "Papan nama kantor {desa}",
)  # fmt: skip
CREDITS = ("Ist", "Istimewa", "kicknews.today", "dok. warga", "Humas", "tangkapan layar")

COMMENTS = (
    "Semoga lekas ada jalan keluar untuk saudara kita di {kec}.",
    "Coba wartawannya mampir juga ke {desa2}, sama saja keadaannya.",
    "{rp} itu bukan uang kecil, tolong diawasi bersama.",
    "Terima kasih beritanya, min. Salam dari perantauan.",
    "Setuju dengan {tokoh1}, tinggal dibuktikan.",
    "Kalau boleh tahu, daftarnya lewat siapa ya?",
    "Dulu waktu saya kecil {kec} tidak seperti ini.",
)

PAGES = (
    ("redaksi-kami", "Susunan Redaksi"),
    ("pedoman-media-siber", "Pedoman Media Siber"),
    ("tentang-kami", "Tentang Kami"),
    ("kontak-kami", "Kontak Kami"),
    ("kode-etik", "Kode Etik"),
)
PAGE_TEXTS = (
    "Media ini menyajikan kabar dari lima kabupaten dan kota di Pulau Lombok sejak hari pertama dapur redaksi menyala.",
    "Seluruh wartawan dibekali tanda pengenal dan tidak diperkenankan meminta imbalan apa pun dari narasumber.",
    "Hak jawab dan hak koreksi dilayani pada jam kerja melalui surat ke kantor redaksi di Mataram.",
    "Komentar pembaca menjadi tanggung jawab penulisnya, namun redaksi berhak menghapus ujaran kebencian.",
    "Kerja sama iklan tidak memengaruhi isi berita dan selalu diberi penanda yang jelas.",
    "Berita yang keliru diperbaiki secepatnya dengan mencantumkan ralat di bagian akhir naskah.",
)
