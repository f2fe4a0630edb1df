"""No input; the stock of Vietnamese phrases out, from which `lessons.py` puts its lessons together.

Placeholders: `{app}` an application, `{task}` what the lesson teaches, in lower case, `{button}` and `{menu}` words on
the screen, `{place}` and `{helper}` where to ask and whom, `{n}` a small number.
"""

from __future__ import annotations

TASKS = (
    "Đổi mật khẩu",
    "Tìm thông tin",
    "Gửi ảnh",
    "Nộp hồ sơ",
    "Quét mã QR",
    "Gọi video",
    "Xem thông báo",
    "Bật xác thực hai lớp",
    "Chuyển khoản",
    "Đặt lịch hẹn",
    "Chặn số lạ",
    "Trả lời khách",
    "Chỉnh cỡ chữ",
    "Lấy lại mật khẩu",
    "Theo dõi hồ sơ",
    "Đặt hàng",
    "Báo cáo tài khoản giả",
    "Lưu tài liệu",
    "Nhắn tin cho cả nhóm",
    "Kiểm tra thiết bị lạ",
    "Xem lịch sử giao dịch",
    "Tải biểu mẫu",
    "Đăng bán hàng",
    "Bật đọc màn hình",
    "Chia sẻ vị trí",
    "Điền tờ khai",
    "Sao lưu danh bạ",
    "Xóa tin nhắn nhầm",
    "Gửi phản ánh",
    "Đăng xuất từ xa",
    "Tra cứu kết quả",
    "Họp trực tuyến",
    "Quay video ngắn",
    "Hỏi trợ lý ảo",
    "Dùng chung tệp",
    "Nhận tiền",
    "Trả phí",
    "Đăng nhập bằng khuôn mặt",
    "Đọc tin tức",
    "Cập nhật ứng dụng",
)

APPS = (
    "VNeID",
    "Zalo",
    "Cổng Dịch vụ công",
    "VssID",
    "eTax Mobile",
    "Sổ sức khỏe điện tử",
    "Facebook",
    "TikTok",
    "YouTube",
    "Shopee",
    "Lazada",
    "Postmart",
    "Voso",
    "Gmail",
    "Google Maps",
    "Google Drive",
    "Messenger",
    "ứng dụng ngân hàng",
    "ví điện tử",
    "ứng dụng điện lực",
    "ứng dụng cấp nước",
    "trang tin của xã",
    "trang của nhà trường",
    "trợ lý AI",
    "mini app của tỉnh",
)

BUTTONS = (
    "Tiếp tục", "Xác nhận", "Gửi yêu cầu", "Đồng ý", "Lưu lại", "Bắt đầu", "Hoàn tất", "Cho phép", "Chọn tệp",
    "Tải lên", "Thêm mới", "Chia sẻ", "Đăng nhập", "Thử lại", "Để sau", "Quay lại", "Tra cứu", "Xem thêm",
)  # fmt: skip

MENUS = (
    "Cài đặt", "Tài khoản", "Bảo mật", "Cá nhân", "Lịch sử", "Thông báo", "Trợ giúp", "Giấy tờ", "Dịch vụ", "Hồ sơ",
    "Thanh toán", "Quyền riêng tư", "Liên hệ", "Thiết bị", "Ngôn ngữ", "Tiện ích", "Bạn bè", "Đơn hàng",
)  # fmt: skip

PLACES = (
    "nhà văn hóa thôn", "trụ sở công an xã", "trung tâm hành chính công", "trạm y tế xã", "bưu điện xã",
    "quầy giao dịch gần nhà", "thư viện huyện", "văn phòng khu phố", "trường học của con", "phòng công đoàn",
)  # fmt: skip

HELPERS = (
    "tổ công nghệ số cộng đồng", "đoàn viên thanh niên", "cán bộ trực quầy", "con cháu trong nhà", "trưởng thôn",
    "thầy cô chủ nhiệm", "bạn cùng tổ", "nhân viên bưu điện", "chi hội phụ nữ", "hội người cao tuổi",
)  # fmt: skip

REASONS = (
    "Biết {task}, bạn đỡ một chuyến đi xa và không phải chờ lâu.",
    "Nhiều nhà nay làm việc này ngay trên điện thoại, chỉ mất vài phút.",
    "Việc này thường phải làm gấp, nên tập trước lúc rảnh rỗi.",
    "Tự làm được thì không phải đưa máy cho người khác cầm.",
    "Ai cũng làm được, kể cả khi mới dùng điện thoại lần đầu.",
    "Làm quen một lần, những lần sau chỉ cần nhớ ba thao tác.",
    "Giấy tờ, tiền bạc và tin nhắn của bạn được giữ cẩn thận hơn.",
    "Cả nhà cùng biết thì lúc cần luôn có người làm thay nhau.",
)

GOALS = (
    "Mở đúng {app} và tìm thấy mục **{menu}**.",
    "Tự {task} từ đầu đến cuối mà không cần ai bấm hộ.",
    "Nhìn màn hình là biết việc đã xong hay chưa.",
    "Sửa lại được khi lỡ bấm nhầm nút **{button}**.",
    "Nhận ra tin nhắn mạo danh {app} trong vòng một phút.",
    "Chỉ lại được cho một người trong nhà.",
    "Giữ kín mật khẩu và mã xác nhận của mình.",
    "Lưu lại kết quả để khi cần thì mở ra xem.",
    "Biết lúc nào nên dừng tay và hỏi {helper}.",
)

PREPARATIONS = (
    "Điện thoại còn ít nhất một nửa pin, đang có mạng.",
    "Số điện thoại do chính bạn đứng tên, nhận được tin nhắn.",
    "Thẻ căn cước còn hạn, để ngay cạnh tay.",
    "Một tờ giấy và cây bút để ghi mã hồ sơ.",
    "Kính đọc chữ nhỏ, hoặc chỉnh cỡ chữ trước khi bắt đầu.",
    "Chỗ ngồi sáng, sóng khỏe; ở {place} có Wi-Fi miễn phí.",
    "Ứng dụng {app} đã cài từ kho chính thức.",
    "Khoảng {n}0 phút yên tĩnh, không bị ai giục.",
    "Một người quen để gọi thử hoặc nhắn thử.",
)

PARTS = (
    "Mở đúng chỗ",
    "Chuẩn bị tài khoản",
    "Điền từng ô",
    "Kiểm tra lại trước khi gửi",
    "Gửi đi và chờ kết quả",
    "Xem lại việc đã làm",
    "Lưu và chia sẻ",
    "Khi màn hình khác với bài",
)

STEPS = (
    "Mở {app}, chờ màn hình đầu tiên hiện ra.",
    "Bấm **{menu}** ở góc dưới bên phải.",
    "Vuốt từ dưới lên để thấy hết các mục.",
    "Chọn dòng có chữ **{menu}**, rồi đọc chậm phần giải thích.",
    "Gõ họ tên có dấu, giống hệt trên giấy tờ.",
    "Nhập số điện thoại, đọc lại từng số một.",
    "Bấm **{button}** và đợi vòng tròn ngừng quay.",
    "Máy hỏi quyền dùng máy ảnh thì chọn **{button}**.",
    "Đưa máy ngang tầm mắt, giữ yên chừng {n} giây.",
    "Chụp mặt trước tờ giấy, đủ bốn góc, không lóa.",
    "Đọc lại cả trang trước khi bấm **{button}**.",
    "Thấy chữ đỏ thì sửa ô đó, các ô khác giữ nguyên.",
    "Ghi mã gồm {n} chữ số vào sổ tay.",
    "Chờ tin nhắn báo về, thường trong {n} phút.",
    "Tự nhập mã xác nhận, không đọc to cho ai nghe.",
    "Đặt mật khẩu dài, có chữ hoa, chữ thường và số.",
    "Chụp lại màn hình báo thành công để lưu.",
    "Bấm mũi tên ở góc trái để trở về trang trước.",
    "Chọn ngày trên lịch, tránh ngày lễ và cuối tuần.",
    "Chọn đúng tỉnh, huyện, xã nơi bạn đang ở.",
    "Bấm giữ bức ảnh, rồi chọn **{button}**.",
    "Kéo thanh trượt sang phải cho chữ to dần.",
    "So tên người nhận với tên bạn định gửi.",
    "Đánh dấu vào ô cam kết sau khi đã đọc.",
    "Tắt màn hình rồi mở lại, xem thay đổi còn không.",
    "Nhờ người ngồi cạnh đọc lại, còn mình tự bấm.",
    "Đóng các ứng dụng khác cho máy chạy nhẹ hơn.",
    "Mở lại **{menu}**, tìm dòng mới nhất trên cùng.",
    "Bấm biểu tượng cái chuông để xem tin báo.",
    "Xong việc thì đăng xuất nếu dùng chung máy.",
)

TIPS = (
    "Sóng yếu thì ra sân hoặc đứng gần cửa sổ, rồi thử lại sau vài phút.",
    "Màn hình mỗi phiên bản có thể khác đôi chút. Hãy tìm nút có chữ gần giống.",
    "Tay run hoặc ướt thì đặt máy xuống bàn, dùng một ngón mà bấm.",
    "Vẫn vướng thì gặp {helper} ở {place}. Họ chỉ cách, bạn tự bấm.",
    "Chữ nhỏ quá thì dùng hai ngón tay kéo rộng màn hình ra.",
    "Lỡ thoát ra giữa chừng, hãy mở lại **{menu}**; phần đã điền thường vẫn còn.",
)

SCAMS = (
    "Kẻ gian xưng là người của {app}, giục bạn bấm vào đường dẫn lạ.",
    "Có cuộc gọi hứa {task} giúp, rồi hỏi mã xác nhận vừa gửi về máy.",
    "Một trang giống hệt trang thật, nhưng địa chỉ sai vài chữ cái.",
    "Tin nhắn báo tài khoản sắp bị khóa và bắt làm ngay trong {n} phút.",
    "Người lạ gửi tệp cài đặt qua tin nhắn, nói là bản mới nhất.",
    "Ai đó nhờ chuyển tiền trước để được nhận phần thưởng lớn.",
)

RULES = (
    "Cúp máy trước, rồi tự gọi lại theo số in trên giấy tờ.",
    "Không đọc mã xác nhận cho bất cứ ai, kể cả người quen.",
    "Không cài ứng dụng từ đường dẫn trong tin nhắn.",
    "Lỡ bấm rồi thì tắt mạng, mượn máy khác gọi ngân hàng.",
    "Hỏi một người tin cậy trước khi chuyển bất cứ khoản nào.",
    "Giữ lại tin nhắn làm bằng chứng và báo công an xã.",
)

PRACTICES = (
    "Mở {app} và chỉ cho bạn bên cạnh mục **{menu}**.",
    "Làm thử cả bài một lượt, dừng lại trước nút **{button}**.",
    "Tắt máy, bật lại rồi tìm về đúng trang đang xem.",
    "Tìm lại kết quả lần trước trong mục **{menu}**.",
    "Đóng vai: một người gọi lừa, một người từ chối.",
    "Ghi ba bước chính vào sổ bằng chữ của mình.",
    "Dạy lại cho một người trong nhà tối nay.",
    "Chỉnh cỡ chữ cho vừa mắt rồi đọc to một đoạn.",
)

QUESTIONS = (
    "Bạn đang {task} thì có người gọi hỏi mã. Bạn làm gì?",
    "Màn hình không giống trong bài. Bạn làm gì trước?",
    "Máy báo lỗi hai lần liền. Cách nào an toàn hơn cả?",
    "Một người quen nhắn tin mượn tài khoản {app}. Bạn trả lời sao?",
    "Bạn bấm nhầm **{button}**. Việc nên làm đầu tiên là gì?",
    "Cả nhà dùng chung một máy. Làm xong bạn nhớ điều gì?",
)

CHOICES = (
    "Đọc mã cho họ vì họ nói rất lễ phép",
    "Dừng lại, đọc kỹ rồi mới bấm tiếp",
    "Hỏi {helper} trước khi làm tiếp",
    "Bấm lần lượt mọi nút cho đến khi được",
    "Cúp máy và tự mở {app} để xem",
    "Đưa máy cho người lạ làm hộ cho nhanh",
    "Đăng xuất rồi mới cất máy",
    "Xóa ứng dụng và bỏ luôn việc này",
)

ANSWERS = (
    "Làm chậm mà chắc thì không mất gì cả.",
    "Mã ấy là chìa khóa; đưa ra là mất tài khoản.",
    "Ứng dụng thật không bao giờ hỏi mật khẩu qua điện thoại.",
    "Người giúp tốt chỉ nói cách làm, không cầm máy của bạn.",
    "Phần đã điền vẫn còn, nên cứ bình tĩnh quay lại.",
    "Đăng xuất rồi thì người dùng sau không thấy chuyện riêng của bạn.",
)

REMINDERS = (
    "Chỉ mở {app} từ biểu tượng trên máy mình.",
    "Mã xác nhận là của riêng bạn, không ai được hỏi.",
    "Đọc lại một lượt trước khi bấm **{button}**.",
    "Chưa chắc thì dừng, mai làm lại cũng được.",
    "Xong việc thì lưu kết quả và đăng xuất.",
    "Hỏi người ở {place}, không hỏi số lạ trên mạng.",
)

TEACHING = (
    "**Thời gian (40 phút):** làm mẫu 10, từng cặp tập 20, đóng vai và hỏi đáp 10.",
    "**Chuẩn bị:** điểm phát Wi-Fi ở {place}, máy mẫu cài sẵn {app}, bản in cho từng người.",
    "**Lỗi hay gặp:** gõ thiếu dấu, bấm **{button}** hai lần, quên mật khẩu vừa đặt.",
    "**Người sợ hỏng máy:** nói rằng bấm sai thì quay lại, ta làm lại từ đầu.",
    "**Không làm thay:** tay học viên cầm máy, người hướng dẫn chỉ nói và chỉ.",
    "**Mất mạng:** tập trên bản in, đọc to từng bước, đóng vai cuộc gọi lừa.",
    "**Nhìn kém, nghe kém:** dùng chữ to, nói chậm, nhờ {helper} ngồi cạnh.",
)

TABLE_ROWS = (
    ("Vòng tròn quay mãi", "Mạng đang yếu", "Đợi {n} phút rồi thử lại"),
    ("Chữ đỏ dưới ô", "Ô đó còn thiếu hoặc sai", "Đọc lại giấy tờ và sửa"),
    ("Màn hình trắng", "Ứng dụng cần tải lại", "Đóng rồi mở {app}"),
    ("Không nhận được mã", "Sai số hoặc hết tiền", "Kiểm tra số, bấm gửi lại"),
    ("Hỏi quyền máy ảnh", "Cần chụp giấy tờ", "Chọn **{button}**"),
    ("Báo phiên bản cũ", "Có bản mới hơn", "Cập nhật từ kho chính thức"),
    ("Không thấy mục **{menu}**", "Tên mục đã đổi", "Tìm từ gần giống"),
)

PHONE_TABS = (
    ("Điện thoại Android", "Vuốt từ mép trên xuống, bấm bánh răng, rồi tìm chữ **{menu}**."),
    ("iPhone", "Mở **Cài đặt** ở màn hình chính, kéo xuống và chọn **{menu}**."),
    ("Máy tính", "Mở trình duyệt, gõ địa chỉ chính thức rồi bấm **{button}**."),
)
