"""What a person types or chooses at the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ansinh.web.registry.models import User
from ansinh.web.registry.scope import OF_AN_AREA, scope_of


class PlaceChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A school, by its name and commune; or an area, by its name and what it lies in."""

    def label_from_instance(self, obj: Any) -> str:
        within = getattr(obj, "area", None) or getattr(obj, "parent", None)
        return f"{obj.name} ({within.name})" if within else obj.name


class UploadForm(forms.Form):
    """A file of one kind, for one of the schools or areas the person may bring such lists in for."""

    file = forms.FileField(
        label=_("Tệp danh sách"),
        error_messages={
            "required": _("Hãy chọn tệp danh sách để tải lên."),
            "empty": _("Tệp này rỗng. Hãy chọn lại tệp có danh sách."),
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )

    def __init__(self, person: User, template: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scope = scope_of(person)
        queryset: QuerySet[Any]
        if template in OF_AN_AREA:
            name, words, queryset = "area", _("Địa bàn"), scope.areas_written().select_related("parent")
            missing, first = _("Hãy chọn địa bàn của danh sách này."), _("Chọn địa bàn")
        else:
            name, words, queryset = "school", _("Trường"), scope.schools().select_related("area")
            missing, first = _("Hãy chọn trường của danh sách này."), _("Chọn trường")
        field = PlaceChoice(label=words, queryset=queryset, empty_label=first, error_messages={"required": missing})
        self.fields = {name: field, **self.fields}
        self.place = name
        known = list(queryset[:2])
        self.places = len(known)
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
