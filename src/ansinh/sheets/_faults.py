"""The faults the machinery itself can find, each with its words in both languages. Templates add their own."""

from __future__ import annotations

from ansinh.sheets._template import Fault, Severity

# code → (severity, Vietnamese, English). Braces are filled in by `say`.
_WORDS: dict[str, tuple[str, str, str]] = {
    "empty_file": (
        Severity.FILE,
        "Tệp rỗng, không có byte nào. Hãy kiểm tra lại tệp gốc rồi tải lên lần nữa.",
        "The file is empty: it has no bytes. Check the original file and upload it again.",
    ),
    "file_too_large": (
        Severity.FILE,
        "Tệp nặng {size} MB, vượt mức {limit} MB. Hãy xóa ảnh và trang thừa, hoặc tách thành nhiều tệp theo khối lớp.",
        "The file is {size} MB, over the limit of {limit} MB. Remove pictures and spare sheets, or split it by grade.",
    ),
    "zip_bomb": (
        Severity.FILE,
        (
            "Tệp nén phình ra quá lớn khi mở (trên {limit} MB), nên không được mở. "
            "Hãy mở tệp gốc bằng Excel, chép riêng bảng danh sách sang tệp mới rồi tải lên."
        ),
        (
            "The file swells too much when unpacked (beyond {limit} MB), so it was not opened. "
            "Open the original in Excel, copy the roster alone to a new workbook and upload that."
        ),
    ),
    "macro_file": (
        Severity.FILE,
        (
            "Tệp có chứa macro (mã chạy được), nên không được mở. Trong Excel, hãy chọn Lưu thành, kiểu “Excel "
            "Workbook (.xlsx)”, rồi tải lên."
        ),
        (
            "The file carries macros (code that can run), so it was not opened. In Excel choose Save As, “Excel "
            "Workbook (.xlsx)”, and upload that."
        ),
    ),
    "password_protected": (
        Severity.FILE,
        "Tệp có mật khẩu mở. Hãy mở bằng Excel, bỏ mật khẩu (Tệp, Thông tin, Bảo vệ sổ làm việc), lưu lại rồi tải lên.",
        (
            "The file needs a password to open. Open it in Excel, remove the password (File, Info, Protect "
            "Workbook), save and upload."
        ),
    ),
    "external_entity": (
        Severity.FILE,
        (
            "Tệp có khai báo thực thể XML mà Excel không bao giờ tạo ra, nên không được mở. Hãy mở tệp gốc bằng "
            "Excel và lưu lại dạng .xlsx."
        ),
        (
            "The file declares XML entities, which Excel never writes, so it was not opened. Open the original "
            "in Excel and save it as .xlsx."
        ),
    ),
    "wrong_type": (
        Severity.FILE,
        "Tệp này là {found}, không phải bảng tính. Hãy tải lên tệp .xlsx, .xls, .ods hoặc .csv.",
        "This file is {found}, not a spreadsheet. Upload an .xlsx, .xls, .ods or .csv file.",
    ),
    "save_as_xlsx": (
        Severity.FILE,
        "Tệp này thực chất là {found}. Hãy mở bằng Excel, chọn Lưu thành, kiểu “Excel Workbook (.xlsx)”, rồi tải lên.",
        "This file is really {found}. Open it in Excel, choose Save As, “Excel Workbook (.xlsx)”, and upload that.",
    ),
    "damaged": (
        Severity.FILE,
        "Tệp bị hỏng hoặc thiếu phần, không mở được. Hãy mở tệp gốc bằng Excel để kiểm tra, lưu lại rồi tải lên.",
        "The file is damaged or cut short and cannot be opened. Check the original in Excel, save it again and upload.",
    ),
    "too_many_cells": (
        Severity.FILE,
        (
            "Trang “{sheet}” trải rộng quá mức ({cells} ô). Hãy xóa các dòng, cột trắng còn định dạng sau bảng, "
            "lưu lại rồi tải lên."
        ),
        (
            "Sheet “{sheet}” spreads too far ({cells} cells). Delete the formatted blank rows and columns after "
            "the table, save and upload."
        ),
    ),
    "unknown_encoding": (
        Severity.FILE,
        "Không nhận ra bảng mã chữ của tệp .csv. Trong Excel, hãy lưu thành “CSV UTF-8” hoặc .xlsx rồi tải lên.",
        (
            "The character encoding of the .csv file is not recognised. In Excel save it as “CSV UTF-8” or .xlsx "
            "and upload."
        ),
    ),
    "no_header": (
        Severity.FILE,
        (
            "Không tìm thấy dòng tiêu đề của bảng. Cần có cột “{key}” và ít nhất hai cột khác của mẫu, ví dụ: "
            "{some}. Hãy tải mẫu trắng và chép danh sách vào."
        ),
        (
            "No heading row was found. The column “{key}” and at least two more of the template are needed, for "
            "example: {some}. "
            "Download the blank template and copy the list into it."
        ),
    ),
    "no_rows": (
        Severity.FILE,
        "Bảng có tiêu đề nhưng chưa có dòng nào. Hãy nhập danh sách bên dưới dòng tiêu đề rồi tải lên.",
        "The table has headings but no rows. Enter the list below the headings and upload.",
    ),
    "too_many_rows": (
        Severity.FILE,
        "Danh sách có hơn {limit} dòng. Hãy tách thành nhiều tệp theo trường hoặc khối lớp.",
        "The list has more than {limit} rows. Split it into several files by school or grade.",
    ),
    "blank_rows": (
        Severity.NOTE,
        "Trang “{sheet}” có {count} dòng trắng có định dạng ở cuối, đã bỏ qua. Xóa các dòng đó thì tệp sẽ nhẹ hơn.",
        (
            "Sheet “{sheet}” has {count} formatted blank rows at its end, which were passed over. Deleting them "
            "makes the file lighter."
        ),
    ),
    "sheet_skipped": (
        Severity.NOTE,
        (
            "Trang “{sheet}” không có dòng tiêu đề của mẫu nên không được đọc. Nếu trang này có danh sách, hãy "
            "thêm dòng tiêu đề."
        ),
        "Sheet “{sheet}” has no heading row of the template and was not read. If it holds a list, add the headings.",
    ),
    "hidden_sheet": (
        Severity.NOTE,
        "Trang “{sheet}” đang bị ẩn nhưng vẫn được đọc. Nếu không muốn tính, hãy xóa trang đó.",
        "Sheet “{sheet}” is hidden but was read. Delete it if it should not count.",
    ),
    "hidden_rows": (
        Severity.NOTE,
        (
            "Trang “{sheet}” có {count} dòng bị ẩn hoặc bị lọc ({rows}); các dòng này vẫn được đọc. Nếu không "
            "muốn tính, hãy xóa chúng."
        ),
        (
            "Sheet “{sheet}” has {count} hidden or filtered rows ({rows}); they were read all the same. Delete "
            "them if they should not count."
        ),
    ),
    "legacy_font_converted": (
        Severity.NOTE,
        (
            "Cột {letters} của trang “{sheet}” gõ bằng bộ mã cũ {charset}; chữ đã được đổi sang Unicode, ví dụ "
            "“{before}” thành “{after}”. Hãy xem lại tên riêng."
        ),
        (
            "Column {letters} of sheet “{sheet}” is typed in the legacy character set {charset}; the text was "
            "converted to Unicode, "
            "for example “{before}” to “{after}”. Please look over the names."
        ),
    ),
    "legacy_font_unsure": (
        Severity.CELL,
        (
            "Chữ trong ô có vẻ gõ bằng bộ mã cũ (TCVN3 .VnTime hoặc VNI) nhưng không đổi chắc chắn được. Hãy gõ "
            "lại ô này bằng Unicode."
        ),
        (
            "The text seems typed in a legacy character set (TCVN3 .VnTime or VNI) and cannot be converted with "
            "certainty. Retype this cell in Unicode."
        ),
    ),
    "heading_guessed": (
        Severity.NOTE,
        "Tiêu đề “{value}” được hiểu là cột “{heading}”. Nếu không đúng, hãy sửa tiêu đề.",
        "The heading “{value}” was taken as the column “{heading}”. Correct the heading if that is wrong.",
    ),
    "heading_twice": (
        Severity.NOTE,
        "Cột “{heading}” xuất hiện hai lần (cột {first} và {second}); chỉ cột {first} được đọc. Hãy xóa cột thừa.",
        (
            "The column “{heading}” appears twice (columns {first} and {second}); only column {first} was read. "
            "Delete the spare one."
        ),
    ),
    "headings_unread": (
        Severity.NOTE,
        "Các cột không thuộc mẫu nên không được đọc: {headings}. Nếu cột nào cần tính, hãy đổi tiêu đề theo mẫu.",
        "Columns outside the template were not read: {headings}. If one should count, rename it as in the template.",
    ),
    "rows_not_listed": (
        Severity.NOTE,
        (
            "Dòng này không có thông tin của danh sách nên được bỏ qua. Nếu là một dòng của danh sách, hãy điền "
            "“{heading}”."
        ),
        "This row says nothing that the list asks for and was passed over. If it belongs to the list, fill in “{heading}”.",
    ),
    "key_missing": (
        Severity.ROW,
        "Dòng này thiếu “{heading}” nên chưa được nhận. Hãy điền cột này rồi tải lại.",
        "This row lacks “{heading}” and was set aside. Fill in this column and upload again.",
    ),
    "formula_without_value": (
        Severity.CELL,
        "Ô có công thức nhưng tệp không lưu kết quả. Hãy mở bằng Excel, lưu lại; hoặc chép ô và dán giá trị.",
        "The cell holds a formula whose result was not saved. Open the file in Excel and save it, or paste the value.",
    ),
    "error_value": (
        Severity.CELL,
        "Ô đang báo lỗi công thức. Hãy nhập thẳng giá trị vào ô.",
        "The cell shows a formula error. Type the value itself.",
    ),
    "not_a_date": (
        Severity.CELL,
        "Không đọc được ngày. Hãy viết ngày/tháng/năm đủ bốn chữ số năm, ví dụ 05/09/2016.",
        "This is not a date that can be read. Write day/month/year with a four-digit year, for example 05/09/2016.",
    ),
    "month_first_date": (
        Severity.CELL,
        "Tháng không thể lớn hơn 12; có vẻ ngày và tháng bị đảo. Nếu là ngày {suggestion}, hãy sửa lại như vậy.",
        "A month cannot be over 12; day and month seem swapped. If {suggestion} is meant, write it so.",
    ),
    "two_digit_year": (
        Severity.CELL,
        "Năm viết hai chữ số nên không rõ thế kỷ nào. Hãy viết đủ bốn chữ số, ví dụ 05/09/2016.",
        "The year has two digits and the century is not certain. Write four digits, for example 05/09/2016.",
    ),
    "date_only_year": (
        Severity.CELL,
        "Ô chỉ có năm, thiếu ngày và tháng. Hãy viết đủ theo giấy khai sinh, ví dụ 05/09/{value}.",
        "The cell has only a year. Write the full date as on the birth certificate, for example 05/09/{value}.",
    ),
    "date_unlikely": (
        Severity.CELL,
        "Ngày {shown} không hợp lý (cần từ {low} đến {high}). Hãy kiểm tra lại.",
        "The date {shown} is not plausible (expected {low} to {high}). Please check it.",
    ),
    "dates_maybe_swapped": (
        Severity.NOTE,
        (
            "Ngày này có thể bị đảo ngày và tháng: trong cột, các ngày từ 13 trở lên ở dạng chữ, còn các ngày "
            "đến 12 đã bị máy đổi. "
            "Đang hiểu là {shown}; hãy đối chiếu giấy khai sinh."
        ),
        (
            "Day and month of this date may be swapped: in this column days from 13 are text while days up to 12 "
            "were turned into dates by the machine. "
            "It is read as {shown}; compare with the birth certificate."
        ),
    ),
    "not_in_list": (
        Severity.CELL,
        "“{value}” không có trong danh mục của cột. {suggestion_vi}",
        "“{value}” is not on this column's list. {suggestion_en}",
    ),
    "not_a_grade": (
        Severity.CELL,
        "Khối lớp phải là số từ 1 đến 12. Hãy sửa lại, ví dụ 6; trẻ mầm non để trống.",
        "The grade must be a number from 1 to 12. Correct it, for example 6; leave it empty for preschool children.",
    ),
    "not_a_distance": (
        Severity.CELL,
        "Không đọc được khoảng cách. Hãy viết số ki-lô-mét, ví dụ 4,5; hoặc số mét kèm đơn vị, ví dụ 4500 m.",
        "The distance cannot be read. Write kilometres, for example 4,5, or metres with the unit, for example 4500 m.",
    ),
    "distance_unlikely": (
        Severity.CELL,
        "Khoảng cách {shown} km quá xa (trên {limit} km). Nếu là mét, hãy ghi kèm đơn vị m.",
        "A distance of {shown} km is too far (over {limit} km). If metres are meant, write the unit m.",
    ),
    "not_a_school_year": (
        Severity.CELL,
        "Năm học phải gồm hai năm liền nhau, ví dụ 2025-2026.",
        "A school year is two years in a row, for example 2025-2026.",
    ),
    "text_too_long": (
        Severity.CELL,
        "Ô dài hơn {limit} ký tự nên không được nhận. Hãy rút gọn nội dung ô.",
        "The cell is longer than {limit} characters and was not taken. Please shorten it.",
    ),
    "digits_lost": (
        Severity.CELL,
        "Mã số dài hơn 15 chữ số đã bị Excel làm tròn. Hãy định dạng cột là Văn bản (Text) rồi nhập lại mã.",
        "The number has over 15 digits and Excel has rounded it. Format the column as Text and type the code again.",
    ),
    "scientific_number": (
        Severity.CELL,
        (
            "Excel đã đổi mã số thành dạng rút gọn (có chữ E+), các chữ số sau đã mất. Hãy định dạng cột là Văn bản "
            "(Text) rồi nhập lại đủ các chữ số."
        ),
        (
            "Excel turned the number into short notation (with E+) and its later digits are gone. Format the column as "
            "Text and type all digits again."
        ),
    ),
    "not_identity_number": (
        Severity.CELL,
        "Số định danh cá nhân phải có đúng 12 chữ số. Hãy sửa theo giấy khai sinh hoặc thẻ căn cước.",
        "A personal identity number has exactly 12 digits. Correct it by the birth certificate or identity card.",
    ),
    "identity_short": (
        Severity.CELL,
        (
            "Số định danh thiếu chữ số, có thể Excel đã bỏ số 0 ở đầu, nhưng ngày sinh (hoặc giới tính) của dòng không "
            "xác nhận được. Hãy định dạng cột là Văn bản (Text) rồi nhập đủ 12 chữ số."
        ),
        (
            "The identity number lacks a digit; Excel may have dropped a leading zero, but the row's birth date (or sex) "
            "does not confirm it. Format the column as Text and type all 12 digits."
        ),
    ),
    "identity_zero_restored": (
        Severity.NOTE,
        (
            "Số định danh mất số 0 ở đầu; đã thêm lại vì khớp với năm sinh trong dòng. Hãy định dạng cột là Văn bản (Text) "
            "để lần sau không mất."
        ),
        (
            "The identity number had lost its leading zero; it was put back, since it agrees with the row's year of birth. "
            "Format the column as Text so that it is not lost again."
        ),
    ),
    "identity_disagrees": (
        Severity.NOTE,
        (
            "Số định danh không khớp với {what} trong dòng (số này ghi {said}). Hãy đối chiếu: có thể là số của người "
            "khác."
        ),
        "The identity number does not agree with the row's {what_en} (it says {said_en}). It may be another person's.",
    ),
    "identity_twice": (
        Severity.CELL,
        (
            "Các dòng {rows} có cùng số định danh nhưng là những người khác nhau, nên số này không được nhận cho dòng "
            "nào. Hãy sửa số."
        ),
        "Rows {rows} share an identity number but are different people; it was taken for none of them. Correct the number.",
    ),
    "not_a_coefficient": (
        Severity.CELL,
        "Không đọc được hệ số. Hãy viết số có nhiều nhất hai chữ số thập phân, ví dụ 2,34.",
        "The coefficient cannot be read. Write a number with at most two decimals, for example 2,34.",
    ),
    "not_a_year": (
        Severity.CELL,
        "Không đọc được năm. Hãy viết bốn chữ số, ví dụ 2026.",
        "The year cannot be read. Write four digits, for example 2026.",
    ),
    "row_twice": (
        Severity.ROW,
        "Dòng này trùng {what} với dòng {first} ({name}) nên chưa được nhận. Hãy xóa dòng thừa hoặc sửa {what}.",
        (
            "This row has the same {what_en} as row {first} ({name}) and was set aside. Delete the spare row or correct the "
            "{what_en}."
        ),
    ),
    "carried_down": (
        Severity.NOTE,
        (
            "{count} dòng để trống thông tin hộ ({columns}) được hiểu là cùng hộ với dòng ngay trên, kể từ dòng này. Nếu "
            "không đúng, hãy ghi đủ ở từng dòng."
        ),
        (
            "{count} rows leave the household ({columns_en}) empty and are taken to be of the household just above, from "
            "this row on. If that is wrong, fill it in on each row."
        ),
    ),
    "marks_contradict": (
        Severity.CELL,
        "Cùng một dòng đánh dấu hai cột trái nhau cho “{heading}” ({columns}). Hãy giữ một dấu.",
        "Two columns that exclude each other are ticked for “{heading}” ({columns}). Keep one.",
    ),
}

CODES = tuple(_WORDS)


def say(
    code: str,
    *,
    sheet: str | None = None,
    row: int | None = None,
    column: str | None = None,
    heading: str | None = None,
    value: str | None = None,
    **details: object,
) -> Fault:
    """The fault of a code, its braces filled with its place and details. KeyError for a code or brace that is not known."""
    severity, vi, en = _WORDS[code]
    words = {"sheet": sheet, "row": row, "column": column, "heading": heading, "value": value, **details}
    return Fault(code, vi.format(**words), en.format(**words), severity, sheet, row, column, heading, value)
