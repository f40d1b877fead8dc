%% name: tin.aspx
%% date: 2016-04-30
<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Tin hoạt động</title></head><body><form id="Form" method="post" action="/tin.aspx"><div id="dnn_HeaderPane"><a href="/0">Trang chủ</a> <a href="/1">Giới thiệu</a> <a href="/2">Tin tức</a> <a href="/3">Văn bản</a> <a href="/4">Liên hệ</a> </div>
    <div id="dnn_ContentPane"><a name="545"></a><div id="dnn_ctr545_ContentPane"><h2><span id="dnn_ctr545_dnnTITLE_titleLabel"
    >Tin hoạt động</span></h2><div id="dnn_ctr545_ViewNews_pnl"><span id="dnn_ctr545_ViewNews_lblTieuDe" class="Head">
    ⟦t|Cầu treo Nậm Cuổi thông xe sau 14 tháng thi công⟧</span><br><span id="dnn_ctr545_ViewNews_lblNgay">Thứ bảy, ngày 30/04/2016 - 11:39</span><br>
    <b><span id="dnn_ctr545_ViewNews_lblTomTat">⟦l|Người dân ba bản bên kia suối không còn phải đi bè mảng vào mùa lũ, khi cây cầu treo dài 96 m được đưa vào sử dụng từ ngày hôm qua.⟧</span></b><br><br><span id="dnn_ctr545_ViewNews_lblNoiDung">
    <p style="text-align:center"><img src="/Portals/0/cau.jpg" alt=""><br><em>⟦c|Cầu treo Nậm Cuổi trong ngày thông xe⟧</em></p><p>⟦s|Cầu rộng 2,4 m, chịu được xe máy và xe thồ; hai đầu có biển ghi tải trọng.⟧</p>
<p>⟦s|Trước đây, học sinh của điểm trường Huổi Lướt phải nghỉ học mỗi khi nước lên. Năm ngoái các em nghỉ tất cả 19 buổi, thầy cô vượt suối sang dạy bù vào chủ nhật.⟧</p>
<p>⟦s|“Tôi gùi ngô qua cầu chỉ mất năm phút”, chị Quàng Thị Ún kể.⟧</p>
    <p style="text-align:center"><img src="/Portals/0/hoc.jpg" alt=""><br><em>⟦c|Học sinh Huổi Lướt đi học qua cầu mới⟧</em></p><p>⟦s|Kinh phí 3,1 tỷ đồng do các nhà hảo tâm và ngân sách huyện cùng đóng góp.⟧</p>
<p>⟦s|Ban quản lý cầu do dân bầu sẽ kiểm tra cáp và ván mặt cầu vào ngày mồng một hằng tháng.⟧</p>
    <p style="text-align:right"><b>⟦a|Minh Hạnh⟧</b></p></span></div><div>Số lượt xem: 214</div>
    <div><b>CÁC TIN ĐÃ ĐƯA</b><br><a href="0">Trao bò giống cho hộ nghèo Pa Khôm</a> (02/04/2016)<br><a href="1">⟦x|Lịch tiếp dân tháng 11 của lãnh đạo huyện⟧</a> (02/04/2016)<br><a href="2">Mưa đá làm hỏng 12 mái nhà ở Tà Hừa</a> (02/04/2016)<br><a href="3">Khai giảng lớp xóa mù chữ bản Sín</a> (02/04/2016)<br></div></div></div>
    <div id="dnn_FooterPane">Bản quyền thuộc UBND huyện. ⟦x|Ghi rõ nguồn⟧ khi phát hành lại thông tin từ trang này.</div></form></body></html>