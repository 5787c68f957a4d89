"""What the newsroom writes about: eight topics, each with its own titles, leads, facts and quotations.

A topic's sentences use the slots and choices described in `phrases`; ``tokoh1`` to ``tokoh3`` are its three speakers.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One beat of the paper."""

    name: str
    category: str | None  # the theme's category slug; None files the story under its region only
    tags: tuple[str, ...]
    roles: tuple[str, str, str]
    titles: tuple[str, ...]
    leads: tuple[str, ...]
    facts: tuple[str, ...]
    quotes: tuple[str, ...]


TOPICS = (
    Topic(
        name="pertanian",
        category="ekonomi",
        tags=("petani", "pupuk", "panen raya", "irigasi", "tembakau"),
        roles=("Ketua kelompok tani {desa}", "Penyuluh pertanian {kec}", "petani penggarap"),
        titles=(
            "Sawah {nn} hektare di {kec} {mulai|terancam} {kering|puso}, petani {desa} minta pompa",
            "Panen {padi|jagung|bawang merah} di {desa} {naik|anjlok} {persen} persen, harga tembus {rpk}",
            "Pupuk {langka|terlambat}, {n} kelompok tani {kec} datangi gudang",
            "Petani tembakau {kec} tahan {n} ton hasil panen, tunggu harga membaik",
        ),
        leads=(
            "{Petani|Para penggarap} di {desa}, Kecamatan {kec}, {kab}, {terpaksa|mulai} memanen {padi|jagung} lebih awal "
            "karena air di saluran induk {menyusut|tidak lagi mengalir} sejak {tgl_lalu}.",
            "Sebanyak {n} kelompok tani di Kecamatan {kec} {mengeluhkan|mempertanyakan} {jatah|penyaluran} pupuk bersubsidi "
            "yang baru {tiba|turun} {persen} persen dari {usulan|kebutuhan} mereka.",
            "Hasil {panen|ubinan} di {desa} musim ini {mencapai|hanya} {n} kuintal per hektare, {jauh di atas|di bawah} "
            "perkiraan {dinas pertanian|penyuluh} {kab}.",
        ),
        facts=(
            "Satu karung pupuk {dijual|ditebus} {rpk} di {kios resmi|pengecer}, sedangkan ongkos angkut ke pematang "
            "menambah {rpk} lagi.",
            "Saluran yang {bocor|tertimbun lumpur} itu mengairi {nn} hektare sawah milik {nnn} penggarap di {desa} "
            "dan {desa2}.",
            "Tengkulak dari luar pulau {menawar|membeli} gabah {rpk} per kilogram {langsung di pematang|tanpa ditimbang "
            "ulang}.",
            "{n} unit mesin pompa {dipinjamkan|digilir} siang malam, masing-masing menghabiskan {n} liter solar.",
            "Bibit {unggul|lokal} yang ditanam sejak {tgl_lalu} {tahan|rentan} terhadap {wereng|penyakit blas}.",
            "Daun tembakau kelas satu dihargai {rpk}, sementara daun bawah hanya laku {rpk} per kilogram basah.",
            "Kelompok perempuan {desa} mengolah sisa panen menjadi {kerupuk|pakan ternak|kompos} dan {menjualnya|memasarkan"
            "nya} ke {kec2}.",
        ),
        quotes=(
            "air {baru masuk|hanya mengalir} tiap {n} hari, {padi kami keburu menguning|tanah sudah retak}",
            "pupuk itu {ada di gudang|cukup}, {yang kurang|masalahnya} {surat jalannya|truk pengangkutnya}",
            "{modal|utang} satu musim sudah {rp} lebih, kalau harga {begini|segitu} kami {nombok|menyerah}",
            "tahun ini {bulirnya penuh|daunnya lebar}, {alhamdulillah|syukur} hama bisa ditekan",
            "kami {minta|usul} {embung|sumur bor} {diperbaiki dulu|ditambah}, baru bicara {tanam ketiga|bibit baru}",
            "anak saya {sekolah|kuliah} dari hasil {bawang|cabai}, jadi {sawah ini|lahan sempit ini} tidak akan dijual",
        ),
    ),
    Topic(
        name="kriminal",
        category="peristiwa",
        tags=("polisi", "pencurian", "narkoba", "polsek", "curanmor"),
        roles=("Kapolsek {kec}", "Kanit Reskrim Polsek {kec}", "korban"),
        titles=(
            "{Curi|Gasak} {n} {ponsel|ekor sapi|tabung gas}, pria asal {kec2} {diciduk|dibekuk} di {desa}",
            "Polisi {bongkar|ungkap} pencurian motor di {kec}, {n} unit disita",
            "Rumah warga {desa} dibobol saat {salat tarawih|pesta nikah}, {rp} raib",
            "Jual sabu {desimal} gram, pemuda {umur} tahun ditangkap di {kec}",
        ),
        leads=(
            "Seorang pria berinisial {inisial} ({umur}) asal {kec2} {diringkus|diamankan} anggota Polsek {kec} di "
            "{rumahnya|sebuah indekos}, {hari}, setelah diduga {mencuri|membawa kabur} barang milik warga {desa}.",
            "Aparat kepolisian di {kab} {menggulung|membongkar} komplotan yang selama {n} bulan {beraksi|meresahkan warga} "
            "di wilayah {kec} dan {kec2}.",
            "Sebuah rumah di {desa}, Kecamatan {kec}, {disatroni|dibobol} maling {hari} sekitar pukul {jam} Wita ketika "
            "penghuninya {menghadiri hajatan|berada di ladang}.",
        ),
        facts=(
            "Barang bukti {berupa|antara lain} {n} unit sepeda motor, kunci berbentuk huruf T dan uang tunai {rp} "
            "{kini disimpan|diperlihatkan} di markas.",
            "Terduga {inisial} {masuk|menyelinap} lewat {jendela dapur|atap seng} yang tidak terkunci, lalu {keluar|kabur} "
            "melalui kebun pisang.",
            "Rekaman kamera {toko kelontong|masjid} memperlihatkan {dua|tiga} orang berboncengan {tanpa helm|mengenakan "
            "jaket gelap} pada pukul {jam} Wita.",
            "Kerugian ditaksir {rp}, terdiri atas {perhiasan|ternak} dan {surat berharga|uang hasil jual gabah}.",
            "Penyidik {menjerat|menyangkakan} pasal pencurian dengan pemberatan yang {ancamannya|hukumannya} {tujuh|lima} "
            "tahun penjara.",
            "Seorang penadah di {kec2} {ikut dimintai keterangan|masih diburu} karena membeli barang itu seharga {rpk}.",
            "Hasil tes urine {menunjukkan|menyatakan} {dua|tiga} dari {n} orang yang diperiksa positif {amfetamin|zat "
            "terlarang}.",
        ),
        quotes=(
            "yang bersangkutan {mengakui|tidak menampik} perbuatannya, {alasannya|katanya} untuk {bayar utang|main judi "
            "daring}",
            "kami {mengimbau|minta} warga memasang {kunci ganda|lampu} dan {menghidupkan|mengaktifkan} ronda lagi",
            "{anggota|tim} kami {membuntuti|mengintai} selama {n} hari sebelum {bergerak|menangkap}",
            "saya {baru sadar|tahu} pagi-pagi, {lemari|kandang} sudah {terbuka|kosong}",
            "{dua|tiga} orang lain {sudah kami kantongi identitasnya|masuk daftar pencarian}, lebih baik menyerah",
            "motor itu {satu-satunya|masih kredit}, {dipakai|buat} antar anak {sekolah|mengaji}",
        ),
    ),
    Topic(
        name="sekolah",
        category="ragam",
        tags=("sekolah", "guru honorer", "siswa", "beasiswa", "madrasah"),
        roles=("Kepala sekolah di {desa}", "Kepala bidang pendidikan dasar {kab}", "wali murid"),
        titles=(
            "Atap {dua|tiga} ruang kelas di {desa} {ambruk|bocor}, {nn} siswa belajar di {teras|berugak}",
            "{nn} guru honorer {kec} {belum|akhirnya} terima honor, nilainya {rp}",
            "Siswa {desa} {juara|wakili provinsi di} lomba {robotik|cerdas cermat|tari} tingkat nasional",
            "{n} anak putus sekolah di {kec} {kembali|dibujuk} ke kelas",
        ),
        leads=(
            "{Kegiatan|Proses} belajar {nn} siswa di {desa}, Kecamatan {kec}, {dipindahkan|berlangsung} di {teras masjid|"
            "balai dusun} sejak {tgl_lalu} lantaran {atap|plafon} sekolah mereka {roboh|lapuk}.",
            "Tim siswa dari {desa} {pulang membawa|merebut} {medali|piala} setelah menyisihkan {n} sekolah dalam lomba yang "
            "ditutup {hari}.",
            "{Sebanyak|Sekitar} {nn} guru honorer di {kab} {mendatangi|mengadu ke} kantor dewan, {hari}, menanyakan honor "
            "yang {tertunda|macet} {tiga|empat} bulan.",
        ),
        facts=(
            "Gedung yang dibangun {n} tahun silam itu {pernah|belum pernah} diperbaiki {menyeluruh|selain cat dindingnya}.",
            "Honor yang diterima {setiap bulan|per bulan} hanya {rpk}, {tidak cukup|sekadar cukup} untuk ongkos bensin.",
            "Perpustakaan {desa} kini {memiliki|menampung} {nn} judul buku hasil {sumbangan alumni|lelang barang bekas}.",
            "Latihan digelar {tiga|empat} kali sepekan {seusai asar|selepas isya} dengan alat yang {dirakit sendiri|"
            "dipinjam dari kampus}.",
            "Dari {nn} anak yang didata, {n} di antaranya {bekerja|ikut orang tua} di {luar daerah|kapal ikan}.",
            "Dinas {menjanjikan|mengalokasikan} rehabilitasi senilai {rp} untuk {dua|empat} ruang {tahun depan|lewat "
            "anggaran perubahan}.",
            "Jam pulang {dimajukan|digeser} ke pukul {jam} Wita supaya {dua kelas|siswa sore} bisa bergantian ruangan.",
        ),
        quotes=(
            "anak-anak {tetap semangat|tidak mengeluh}, {tapi kalau hujan|hanya saja bila angin kencang} kami pulangkan",
            "saya mengajar {sejak|sudah} {n} tahun, {belum pernah|baru sekali} {ikut pelatihan|dapat tunjangan}",
            "{juri|penilai} {terkejut|heran} alatnya dibuat dari {kaleng|pipa} bekas",
            "seragam dan buku {kami tanggung|gratis}, {jadi|maka} tidak ada alasan {malu|berhenti}",
            "{usulan|proposal} sudah masuk, {tinggal|kami} menunggu {lelang|pencairan}",
            "saya {ingin|mau} anak saya {lebih tinggi sekolahnya|tidak seperti saya}, {biar|walaupun} {pelan|susah}",
        ),
    ),
    Topic(
        name="pasar",
        category="ekonomi",
        tags=("harga sembako", "pedagang", "pasar tradisional", "UMKM", "cabai"),
        roles=("Kepala pasar {kec}", "Kabid perdagangan {kab}", "pedagang"),
        titles=(
            "Harga {cabai rawit|telur|minyak goreng|beras} di pasar {kec} {melonjak|turun} jadi {rpk}",
            "Pasar {kec} {direhab|dipindah}, {nn} pedagang {keberatan|minta kios tetap}",
            "Operasi pasar di {desa}, {n} ton beras {ludes|habis} dalam {dua|tiga} jam",
            "Tenun {desa} tembus {n} negara, omzet perajin {rp}",
        ),
        leads=(
            "Harga {cabai|telur ayam|bawang putih} di pasar {kec}, {kab}, {hari}, {bertengger|menyentuh} di angka {rpk} per "
            "kilogram, {naik|berubah} {persen} persen dalam sepekan.",
            "Sebanyak {nn} pedagang pasar {kec} {menolak|mempertanyakan} {rencana|waktu} pemindahan lapak ke {desa2} yang "
            "dinilai {sepi|jauh dari terminal}.",
            "{Perajin|Pelaku usaha kecil} di {desa} mulai {mengirim|memasarkan} {kain|anyaman ketak|gerabah} ke luar "
            "negeri dengan nilai {rp} sekali kirim.",
        ),
        facts=(
            "Pasokan dari {kec2} {tersendat|berkurang} karena {gelombang tinggi|jalan longsor}, sementara permintaan "
            "menjelang {Maulid|Lebaran Topat|musim haji} bertambah.",
            "Retribusi harian {ditetapkan|dipungut} {rpk} untuk setiap lapak {berukuran dua meter|di lantai dasar}.",
            "Dari {nn} kios yang tersedia, {persen} persen {masih terkunci|sudah terisi}.",
            "Beras {medium|premium} dilepas {rpk} per kemasan lima kilogram dan setiap keluarga {dijatah|dibatasi} {dua|"
            "tiga} kemasan.",
            "Selembar kain {songket|ikat} memerlukan waktu {n} hari dan dihargai {rp} di galeri.",
            "Timbangan {n} pedagang {ditera ulang|disegel} petugas {metrologi|perlindungan konsumen} {hari}.",
            "Pembeli dari {kec2} {memilih berbelanja|beralih} ke {pedagang keliling|warung tetangga} sejak {tgl_lalu}.",
        ),
        quotes=(
            "{modal|belanja} saya sehari {rp}, {yang laku|kembalinya} tidak sampai separuh",
            "stok {aman|cukup} sampai {tgl_depan}, {warga|pembeli} tidak perlu {memborong|panik}",
            "kalau dipindah, {langganan|pembeli} saya {bingung mencari|hilang semua}",
            "{pewarna|benang} alam memang {lama|mahal}, {tapi|namun} itu yang {dicari|dihargai} orang luar",
            "cabai {setengah kilo|seperempat} saja sudah {rpk}, {masak apa adanya|terpaksa dikurangi}",
            "kios baru {harus|wajib} {bebas pungutan|dibagi lewat undian}, {itu janji kami|tidak ada titipan}",
        ),
    ),
    Topic(
        name="bencana",
        category="peristiwa",
        tags=("banjir", "longsor", "BPBD", "cuaca ekstrem", "kekeringan"),
        roles=("Koordinator relawan {kec}", "Kepala pelaksana BPBD {kab}", "warga terdampak"),
        titles=(
            "Banjir {rendam|terjang} {nn} rumah di {desa}, jembatan {putus|retak}",
            "Longsor tutup jalan {kec}-{kec2}, {n} alat berat {diturunkan|dikerahkan}",
            "Angin kencang {porak-porandakan|rusak} {n} rumah di {desa}, kerugian {rp}",
            "Kekeringan meluas, {nn} keluarga di {kec} {antre|berebut} air bersih",
        ),
        leads=(
            "Hujan {deras|lebat} selama {dua|tiga|empat} jam membuat sungai di {desa}, Kecamatan {kec}, meluap dan "
            "{merendam|menggenangi} {nn} rumah, {hari}.",
            "Tebing setinggi {n} meter di ruas {kec} menuju {kec2} {runtuh|longsor}, {hari} sekitar pukul {jam} Wita, "
            "{menutup|menimbun} seluruh badan jalan.",
            "Sedikitnya {nn} keluarga di {kab} {bergantung pada|menunggu} {truk tangki|kiriman air} karena sumur mereka "
            "mengering sejak {tgl_lalu}.",
        ),
        facts=(
            "Tinggi air {mencapai|sempat menyentuh} {n} sentimeter sebelum {surut|berangsur turun} menjelang pukul {jam} "
            "Wita.",
            "{Dapur umum|Tenda darurat} didirikan di lapangan {desa2} dan {menyiapkan|membagikan} {nn} nasi bungkus sekali "
            "masak.",
            "Tidak ada korban jiwa, namun {n} orang {luka ringan|dirawat} di {puskesmas|polindes} {kec}.",
            "Petugas {memotong|menyingkirkan} {n} batang pohon yang {melintang|menimpa kabel listrik} di jalan utama.",
            "Tangki berkapasitas lima ribu liter {hanya datang|datang} {dua|tiga} kali sepekan untuk {n} dusun.",
            "Jembatan sepanjang {n} meter itu {satu-satunya|menjadi} penghubung {desa} dengan sekolah dan pasar.",
            "Pos pengamatan {mencatat|merekam} curah hujan {nn} milimeter, {tertinggi|terbesar} dalam {n} tahun.",
        ),
        quotes=(
            "air {datang|naik} cepat sekali, kami {hanya sempat|cuma} membawa {ijazah|beras} dan {anak-anak|orang tua}",
            "{jalur|ruas} ini {kami tutup|dibuka satu arah} dulu, {retakan|tanah} di atas masih bergerak",
            "kebutuhan {paling mendesak|utama} {selimut|air minum}, {susu bayi|obat} dan {terpal|lampu}",
            "{relawan|tim} dari {kec2} {datang|tiba} pakai {perahu|motor trail}, {kami terbantu|sangat menolong}",
            "saya {menumpang|mengungsi} di rumah {mertua|ipar}, {entah|belum tahu} sampai kapan",
            "peringatan sudah {kami kirim|disiarkan} {n} jam sebelumnya {lewat|melalui} pengeras suara masjid",
        ),
    ),
    Topic(
        name="olahraga",
        category="ragam",
        tags=("sepak bola", "atlet", "turnamen", "presean", "balap"),
        roles=("Pelatih tim {kec}", "Ketua panitia di {desa}", "kapten kesebelasan"),
        titles=(
            "{Tekuk|Tumbangkan} {kec2} {skor}, kesebelasan {kec} {melaju ke final|juara grup}",
            "Turnamen voli {desa} diikuti {n} tim, hadiahnya {rp}",
            "Atlet {lari|panjat tebing|silat} asal {kec} {bidik|rebut} emas, latihan di {desa}",
            "{nn} pelari taklukkan {bukit|tanjakan} {desa}",
        ),
        leads=(
            "Kesebelasan {kec} {menundukkan|mengalahkan} {kec2} dengan skor {skor} dalam laga di lapangan {desa}, "
            "{hari} sore.",
            "{Turnamen|Kejuaraan} antardusun di {desa} {resmi bergulir|dibuka} {hari} dengan {n} tim peserta dan hadiah "
            "{rp}.",
            "Seorang atlet berusia {umur} tahun dari {desa}, {kab}, {memastikan|mendapat} tiket ke {kejuaraan nasional|"
            "pekan olahraga} setelah mencatat waktu terbaik.",
        ),
        facts=(
            "Gol {pembuka|semata wayang} lahir pada menit ke-{menit} melalui {sundulan|tendangan bebas|penalti} yang "
            "{membentur|melewati} pagar pemain.",
            "Penonton yang ditaksir {nnn} orang {memadati|memanjat} pinggir lapangan sejak pukul {jam} Wita.",
            "Wasit {mengeluarkan|mencabut} {dua|tiga} kartu kuning dan menghentikan laga {empat|lima} menit karena "
            "{hujan|protes}.",
            "Tim {kec2} {bermain|tampil} dengan {sepuluh|sembilan} orang sejak menit ke-{menit}.",
            "Setiap tim {wajib menurunkan|diperkuat} {tiga|lima} pemain berusia di bawah {umur} tahun.",
            "Latihan {di pasir|menaiki tangga} {desa2} dilakoni {n} kilometer saban {subuh|sore}.",
            "Panitia {menyediakan|menjual} {nnn} tiket seharga {rpk}, seluruhnya {habis|untuk pembinaan}.",
        ),
        quotes=(
            "anak-anak {disiplin|sabar}, {babak kedua|setelah jeda} kami ubah {pola|posisi sayap}",
            "{lawan|mereka} {bermain bagus|lebih segar}, {tapi|hanya saja} {penyelesaian|keberuntungan} milik kami",
            "{ini|medali ini} untuk {ibu|pelatih} saya yang {menjual|mencari} {pisang|kerang} demi ongkos",
            "lapangan {berlumpur|bergelombang}, {semoga|kami harap} {tahun depan|segera} {diratakan|ditanami rumput}",
            "kami {tidak memasang|tak mau bicara} target, {satu|tiap} laga {dinikmati|dihadapi} saja",
            "yang {kalah|menang} tetap {bersalaman|makan bersama}, itu {pesan|aturan} panitia",
        ),
    ),
    Topic(
        name="wisata",
        category="ragam",
        tags=("wisata", "desa wisata", "wisatawan", "air terjun", "homestay"),
        roles=("Ketua kelompok sadar wisata {desa}", "Kepala dinas pariwisata {kab}", "wisatawan"),
        titles=(
            "Kunjungan ke {air terjun|bukit|pantai} {desa} {naik|tembus} {nnn} orang, homestay penuh",
            "{Tiket|Parkir} wisata {desa} {naik|disoal}, kini {rpk}",
            "Jalur {pendakian|sepeda} {kec} {ditutup|dibuka lagi} mulai {tgl_depan}",
            "Festival {perang topat|bau nyale|kuliner} di {kec} {digelar|siap digelar}, anggarannya {rp}",
        ),
        leads=(
            "{Libur panjang|Akhir pekan} membawa {nnn} pelancong ke {desa}, Kecamatan {kec}, {sehingga|sampai} {n} homestay "
            "milik warga {terisi penuh|menolak tamu}.",
            "Pengelola {destinasi|kawasan} di {desa} {menaikkan|menyesuaikan} harga tiket menjadi {rpk} per orang mulai "
            "{tgl_depan}.",
            "Kelompok sadar wisata {desa} {merintis|menawarkan} jalur {sepeda|jalan kaki} sejauh {n} kilometer yang "
            "{melintasi|menyusuri} {sawah|kebun kopi} dan {dua|tiga} mata air.",
        ),
        facts=(
            "Kamar {berdinding bambu|sederhana} itu disewakan {rpk} semalam, {termasuk|sudah dengan} sarapan {serabi|"
            "ubi rebus} dan kopi.",
            "Sampah yang diangkut relawan pada {hari} {mencapai|sebanyak} {n} karung, {kebanyakan|terutama} botol plastik.",
            "Pemandu lokal {berjumlah|tercatat} {n} orang dan {separuhnya|sebagian} {bekas penambang pasir|ibu rumah tangga}"
            " yang belajar bahasa asing secara mandiri.",
            "Penerbangan langsung ke bandara {menambah|mendatangkan} {persen} persen tamu {asing|domestik} sejak "
            "{tgl_lalu}.",
            "Pagelaran {gendang beleq|wayang sasak} mengisi malam penutupan di panggung berukuran {n} meter.",
            "Parkir motor {dikelola|dijaga} pemuda {desa2} dengan tarif {rpk} dan karcis bernomor.",
            "Menara pandang senilai {rp} {belum bisa dipakai|retak di tiga sisi} sejak {tgl_lalu}.",
        ),
        quotes=(
            "tamu {mencari|suka} yang {tenang|asli}, jadi {karaoke|pengeras suara} kami {larang|batasi}",
            "saya {datang|berkunjung} untuk kedua kali, {jalannya|toiletnya} {sudah jauh lebih baik|masih sama saja}",
            "{sebagian|sepuluh persen} tiket {masuk|dikembalikan} ke kas {masjid|dusun} dan {beasiswa|anak yatim}",
            "{pendaki|pengunjung} wajib {membawa turun|menimbang} sampahnya, {kalau tidak|bila melanggar} didenda {rpk}",
            "{kopi|madu} kami {habis|laku} {n} kilogram hanya dalam {dua|tiga} hari",
            "promosi {percuma|tidak ada gunanya} bila {lampu jalan|sinyal} {mati|hilang} tiap malam",
        ),
    ),
    Topic(
        name="desa",
        category=None,
        tags=("dana desa", "kepala desa", "musrenbang", "pelayanan publik", "BLT"),
        roles=("Kepala {desa}", "Camat {kec}", "anggota badan permusyawaratan desa"),
        titles=(
            "Dana desa {rp} {dipakai|dialihkan} untuk {jalan usaha tani|posyandu|air bersih} di {desa}",
            "Warga {desa} segel kantor, {tagih|pertanyakan} {BLT|laporan keuangan} {n} bulan",
            "{desa} layani {surat pindah|KTP} lewat pesan singkat, {nn} warga terbantu",
            "Pemilihan {kepala dusun|kepala desa} di {desa} {diulang|ricuh}, selisih {n} suara",
        ),
        leads=(
            "Pemerintah {desa}, Kecamatan {kec}, {kab}, {menggeser|memakai} {rp} dana desa untuk {membangun|memperbaiki} "
            "{jalan usaha tani|saluran air} yang {rusak|terbengkalai} bertahun-tahun.",
            "Puluhan warga {desa} {menyegel|mendatangi} kantor desa, {hari}, {menuntut|meminta} penjelasan soal bantuan "
            "tunai yang {tidak cair|terlambat} {n} bulan.",
            "Mulai {tgl_depan}, warga {desa} {cukup|dapat} mengirim pesan singkat untuk mengurus {surat keterangan|"
            "kartu keluarga} tanpa {datang|mengantre} ke kantor.",
        ),
        facts=(
            "Musyawarah yang berlangsung {hingga|sampai} pukul {jam} Wita itu {dihadiri|diikuti} {nn} kepala keluarga dan "
            "{n} perwakilan perempuan.",
            "Jalan {rabat beton|berbatu} sepanjang {nn} meter dikerjakan {n} warga dengan upah {rpk} sehari.",
            "Daftar penerima bantuan menyusut dari {nn} menjadi {n} nama setelah {pemutakhiran|verifikasi} {tgl_lalu}.",
            "Operator {desa} {membalas|melayani} rata-rata {n} permohonan sehari, {termasuk|bahkan} pada hari libur.",
            "Suara tidak sah {mencapai|sebanyak} {nn} lembar, {lebih banyak|hampir menyamai} selisih kedua calon.",
            "Sertifikat {tanah kas desa|lapangan umum} seluas {nn} are {belum terbit|masih atas nama perorangan}.",
            "Badan usaha milik desa menyetor {rp} dari {penyewaan tenda|pengelolaan air} {tahun ini|semester lalu}.",
        ),
        quotes=(
            "rinciannya {dipasang|kami tempel} di {papan|baliho} depan kantor, {silakan|siapa pun boleh} {foto|hitung}",
            "{bukan|kami tidak} menolak pembangunan, {tapi|hanya} {dengarkan|libatkan} dulu warga",
            "segel {dibuka|akan dibuka} {kalau|begitu} {inspektorat|pak camat} {turun|membawa jawaban}",
            "{dulu|sebelumnya} urus surat {makan waktu|bisa} {n} hari, sekarang {sepuluh menit|sebelum kopi dingin} selesai",
            "panitia {bekerja|menghitung} sesuai {tata tertib|aturan}, yang keberatan {silakan|boleh} {menyurati kami|lapor}",
            "jalan ini {nadi|harapan} {petani|anak sekolah} {desa2}, {sudah lama|bertahun-tahun} diminta",
        ),
    ),
)
