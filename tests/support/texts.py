"""Texts that several tests compare: one article, an edit of it, another one, and a standing paragraph."""

STORY = (
    "Hujan deras sejak Sabtu malam membuat Sungai Meninting meluap dan merendam 212 rumah di tiga dusun.",
    "Warga Dusun Kebun Lauk mengungsi ke masjid dan balai desa sambil membawa surat berharga serta ternak kecil.",
    "Kepala pelaksana badan penanggulangan bencana menyebut tanggul yang jebol panjangnya sekitar empat puluh meter.",
    "Dapur umum dibuka di halaman kantor desa, dan sekolah dasar setempat diliburkan sampai lumpur dibersihkan.",
    "Air bersih dikirim dengan dua truk tangki, sementara perahu karet menjemput warga lanjut usia dari rumahnya.",
    "Pemerintah kabupaten menghitung kerugian petani yang sawahnya terendam menjelang panen raya bulan depan.",
)


OTHER = (
    "Pedagang bawang putih di Pasar Mandalika menurunkan harga setelah pasokan dari Sembalun datang melimpah.",
    "Seorang pedagang mengaku pembeli kini lebih memilih bawang lokal karena aromanya tajam dan tahan disimpan.",
    "Dinas perdagangan memperkirakan harga akan tetap rendah sampai akhir musim kemarau di dataran tinggi itu.",
    "Petani meminta gudang pendingin segera dibangun supaya hasil panen tidak dijual murah kepada tengkulak.",
)


CLOSING = (
    "Ikuti terus kabar pilihan dari kami setiap hari lewat kanal pesan singkat, dan bagikan kepada keluarga, kerabat "
    "serta tetangga. Redaksi menerima foto dan tulisan warga melalui surat elektronik, sertakan nama lengkap, alamat "
    "dan nomor yang dapat dihubungi supaya kiriman dapat kami periksa sebelum dimuat pada halaman utama."
)


def text(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


EDITED = (
    text(*STORY).replace("deras", "lebat").replace("mengungsi", "menyelamatkan diri").replace("dibuka", "didirikan")
)
