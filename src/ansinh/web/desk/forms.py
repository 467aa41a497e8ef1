"""What a person types or chooses at the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from ansinh.web.registry.models import School, User
from ansinh.web.registry.scope import scope_of


class SchoolChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A school, by its name and commune."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.area.name})"


class UploadForm(forms.Form):
    """A file for one of the person's own schools."""

    school = SchoolChoice(
        label=_("Trường"),
        queryset=School.objects.none(),
        empty_label=_("Chọn trường"),
        error_messages={"required": _("Hãy chọn trường của danh sách này.")},
    )
    file = forms.FileField(
        label=_("Tệp danh sách"),
        error_messages={
            "required": _("Hãy chọn tệp danh sách để tải lên."),
            "empty": _("Tệp này rỗng. Hãy chọn lại tệp có danh sách."),
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )

    def __init__(self, person: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schools = scope_of(person).schools_written().select_related("area")
        field = self.fields["school"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = schools
        known = list(schools[:2])
        if len(known) == 1:
            field.initial = known[0].pk
            field.empty_label = None

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > settings.LARGEST_UPLOAD_BYTES:
            raise forms.ValidationError(
                _("Tệp nặng hơn %(mb)s MB. Hãy bỏ hình ảnh và trang tính thừa, rồi tải lên lại.")
                % {"mb": settings.LARGEST_UPLOAD_BYTES // 1024 // 1024}
            )
        return file
