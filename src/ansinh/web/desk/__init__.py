"""The screens of people who work here. No models: it joins the other rooms."""
