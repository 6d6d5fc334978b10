Attribute VB_Name = "DeliverybookFunctions"
Option Explicit

' Made by "deliverybook addin build" from the list of worksheet functions; changes belong there.

Public Function DB_WORKDAY(start As Variant, days As Variant, Optional calendar As Variant) As Variant
Attribute DB_WORKDAY.VB_Description = "The n-th working day after a date (before it if negative), with holidays, days off and make-up days"
    Dim reason As String
    On Error GoTo failed
    DB_WORKDAY = XLPy.CallUDF("automation.front.udf", "DB_WORKDAY", Array(start, days, calendar), CallingBook(), Application.Caller)
    Exit Function
failed:
    reason = Err.Description
    DB_WORKDAY = "#" & NotReached() & " (" & reason & ")"
End Function

Public Function DB_WORKDAYS(start As Variant, finish As Variant, Optional calendar As Variant) As Variant
Attribute DB_WORKDAYS.VB_Description = "Working days between two dates, both counted; negative if the finish lies before the start"
    Dim reason As String
    On Error GoTo failed
    DB_WORKDAYS = XLPy.CallUDF("automation.front.udf", "DB_WORKDAYS", Array(start, finish, calendar), CallingBook(), Application.Caller)
    Exit Function
failed:
    reason = Err.Description
    DB_WORKDAYS = "#" & NotReached() & " (" & reason & ")"
End Function

Public Function DB_ISWORKDAY(day As Variant, Optional calendar As Variant) As Variant
Attribute DB_ISWORKDAY.VB_Description = "Whether a date is worked: TRUE or FALSE"
    Dim reason As String
    On Error GoTo failed
    DB_ISWORKDAY = XLPy.CallUDF("automation.front.udf", "DB_ISWORKDAY", Array(day, calendar), CallingBook(), Application.Caller)
    Exit Function
failed:
    reason = Err.Description
    DB_ISWORKDAY = "#" & NotReached() & " (" & reason & ")"
End Function

Public Function DB_NEXTWORKDAY(day As Variant, Optional calendar As Variant) As Variant
Attribute DB_NEXTWORKDAY.VB_Description = "The date itself if it is worked, else the first working day after it"
    Dim reason As String
    On Error GoTo failed
    DB_NEXTWORKDAY = XLPy.CallUDF("automation.front.udf", "DB_NEXTWORKDAY", Array(day, calendar), CallingBook(), Application.Caller)
    Exit Function
failed:
    reason = Err.Description
    DB_NEXTWORKDAY = "#" & NotReached() & " (" & reason & ")"
End Function

Public Function DB_PV(budget As Variant, planned_percent As Variant) As Variant
Attribute DB_PV.VB_Description = "Planned value: the sum of budget x planned percent"
    Dim reason As String
    On Error GoTo failed
    DB_PV = XLPy.CallUDF("automation.front.udf", "DB_PV", Array(budget, planned_percent), CallingBook(), Application.Caller)
    Exit Function
failed:
    reason = Err.Description
    DB_PV = "#" & NotReached() & " (" & reason & ")"
End Function

Public Function DB_EV(budget As Variant, percent_complete As Variant) As Variant
Attribute DB_EV.VB_Description = "Earned value: the sum of budget x percent complete"
    Dim reason As String
    On Error GoTo failed
    DB_EV = XLPy.CallUDF("automation.front.udf", "DB_EV", Array(budget, percent_complete), CallingBook(), Application.Caller)
    Exit Function
failed:
    reason = Err.Description
    DB_EV = "#" & NotReached() & " (" & reason & ")"
End Function

Public Function DB_AC(actual_cost As Variant) As Variant
Attribute DB_AC.VB_Description = "Actual cost: the sum of actual costs"
    Dim reason As String
    On Error GoTo failed
    DB_AC = XLPy.CallUDF("automation.front.udf", "DB_AC", Array(actual_cost), CallingBook(), Application.Caller)
    Exit Function
failed:
    reason = Err.Description
    DB_AC = "#" & NotReached() & " (" & reason & ")"
End Function

Public Function DB_SV(budget As Variant, percent_complete As Variant, planned_percent As Variant) As Variant
Attribute DB_SV.VB_Description = "Schedule variance: EV - PV, negative when behind"
    Dim reason As String
    On Error GoTo failed
    DB_SV = XLPy.CallUDF("automation.front.udf", "DB_SV", Array(budget, percent_complete, planned_percent), CallingBook(), Application.Caller)
    Exit Function
failed:
    reason = Err.Description
    DB_SV = "#" & NotReached() & " (" & reason & ")"
End Function

Public Function DB_CV(budget As Variant, percent_complete As Variant, actual_cost As Variant) As Variant
Attribute DB_CV.VB_Description = "Cost variance: EV - AC, negative when over cost"
    Dim reason As String
    On Error GoTo failed
    DB_CV = XLPy.CallUDF("automation.front.udf", "DB_CV", Array(budget, percent_complete, actual_cost), CallingBook(), Application.Caller)
    Exit Function
failed:
    reason = Err.Description
    DB_CV = "#" & NotReached() & " (" & reason & ")"
End Function

Public Function DB_SPI(budget As Variant, percent_complete As Variant, planned_percent As Variant) As Variant
Attribute DB_SPI.VB_Description = "Schedule performance index: EV / PV, below 1 when behind"
    Dim reason As String
    On Error GoTo failed
    DB_SPI = XLPy.CallUDF("automation.front.udf", "DB_SPI", Array(budget, percent_complete, planned_percent), CallingBook(), Application.Caller)
    Exit Function
failed:
    reason = Err.Description
    DB_SPI = "#" & NotReached() & " (" & reason & ")"
End Function

Public Function DB_CPI(budget As Variant, percent_complete As Variant, actual_cost As Variant) As Variant
Attribute DB_CPI.VB_Description = "Cost performance index: EV / AC, below 1 when over cost"
    Dim reason As String
    On Error GoTo failed
    DB_CPI = XLPy.CallUDF("automation.front.udf", "DB_CPI", Array(budget, percent_complete, actual_cost), CallingBook(), Application.Caller)
    Exit Function
failed:
    reason = Err.Description
    DB_CPI = "#" & NotReached() & " (" & reason & ")"
End Function

Public Function DB_EAC(budget As Variant, percent_complete As Variant, actual_cost As Variant, Optional method As Variant, Optional planned_percent As Variant) As Variant
Attribute DB_EAC.VB_Description = "Estimate at completion, by default BAC / CPI"
    Dim reason As String
    On Error GoTo failed
    DB_EAC = XLPy.CallUDF("automation.front.udf", "DB_EAC", Array(budget, percent_complete, actual_cost, method, planned_percent), CallingBook(), Application.Caller)
    Exit Function
failed:
    reason = Err.Description
    DB_EAC = "#" & NotReached() & " (" & reason & ")"
End Function

Public Function DB_ETC(budget As Variant, percent_complete As Variant, actual_cost As Variant, Optional method As Variant, Optional planned_percent As Variant) As Variant
Attribute DB_ETC.VB_Description = "Estimate to complete: EAC - AC"
    Dim reason As String
    On Error GoTo failed
    DB_ETC = XLPy.CallUDF("automation.front.udf", "DB_ETC", Array(budget, percent_complete, actual_cost, method, planned_percent), CallingBook(), Application.Caller)
    Exit Function
failed:
    reason = Err.Description
    DB_ETC = "#" & NotReached() & " (" & reason & ")"
End Function

Public Function DB_VAC(budget As Variant, percent_complete As Variant, actual_cost As Variant, Optional method As Variant, Optional planned_percent As Variant) As Variant
Attribute DB_VAC.VB_Description = "Variance at completion: BAC - EAC, negative for an overrun"
    Dim reason As String
    On Error GoTo failed
    DB_VAC = XLPy.CallUDF("automation.front.udf", "DB_VAC", Array(budget, percent_complete, actual_cost, method, planned_percent), CallingBook(), Application.Caller)
    Exit Function
failed:
    reason = Err.Description
    DB_VAC = "#" & NotReached() & " (" & reason & ")"
End Function

Public Function DB_TCPI(budget As Variant, percent_complete As Variant, actual_cost As Variant, Optional target As Variant) As Variant
Attribute DB_TCPI.VB_Description = "To-complete performance index: (BAC - EV) / (target - AC), the CPI that the rest needs"
    Dim reason As String
    On Error GoTo failed
    DB_TCPI = XLPy.CallUDF("automation.front.udf", "DB_TCPI", Array(budget, percent_complete, actual_cost, target), CallingBook(), Application.Caller)
    Exit Function
failed:
    reason = Err.Description
    DB_TCPI = "#" & NotReached() & " (" & reason & ")"
End Function

Public Function DB_SLAHOURS(received As Variant, finished As Variant, Optional window As Variant, Optional calendar As Variant) As Variant
Attribute DB_SLAHOURS.VB_Description = "Hours inside the service window between two moments, to compare with response and resolution limits"
    Dim reason As String
    On Error GoTo failed
    DB_SLAHOURS = XLPy.CallUDF("automation.front.udf", "DB_SLAHOURS", Array(received, finished, window, calendar), CallingBook(), Application.Caller)
    Exit Function
failed:
    reason = Err.Description
    DB_SLAHOURS = "#" & NotReached() & " (" & reason & ")"
End Function

Public Function DB_SLADUE(received As Variant, hours As Variant, Optional window As Variant, Optional calendar As Variant) As Variant
Attribute DB_SLADUE.VB_Description = "The moment at which so many hours of the service window have passed: when a time limit ends"
    Dim reason As String
    On Error GoTo failed
    DB_SLADUE = XLPy.CallUDF("automation.front.udf", "DB_SLADUE", Array(received, hours, window, calendar), CallingBook(), Application.Caller)
    Exit Function
failed:
    reason = Err.Description
    DB_SLADUE = "#" & NotReached() & " (" & reason & ")"
End Function

Public Function DB_LABEL(value As Variant, list_name As Variant, Optional language As Variant) As Variant
Attribute DB_LABEL.VB_Description = "The label of a list value, in Chinese or English"
    Dim reason As String
    On Error GoTo failed
    DB_LABEL = XLPy.CallUDF("automation.front.udf", "DB_LABEL", Array(value, list_name, language), CallingBook(), Application.Caller)
    Exit Function
failed:
    reason = Err.Description
    DB_LABEL = "#" & NotReached() & " (" & reason & ")"
End Function

Public Function DB_CODE(value As Variant, list_name As Variant) As Variant
Attribute DB_CODE.VB_Description = "The code of a list value, the same in both languages"
    Dim reason As String
    On Error GoTo failed
    DB_CODE = XLPy.CallUDF("automation.front.udf", "DB_CODE", Array(value, list_name), CallingBook(), Application.Caller)
    Exit Function
failed:
    reason = Err.Description
    DB_CODE = "#" & NotReached() & " (" & reason & ")"
End Function

Private Function CallingBook() As Object
    ' While Excel recalculates, another workbook than that of the formula may be the active one.
    If TypeName(Application.Caller) = "Range" Then
        Set CallingBook = Application.Caller.Parent.Parent
    Else
        Set CallingBook = ActiveWorkbook
    End If
End Function

Private Function NotReached() As String
    NotReached = Chinese("26080 27861 21551 21160 32 80 121 116 104 111 110 65292 35831 36816")
    NotReached = NotReached & Chinese("34892 32 100 101 108 105 118 101 114 121 98 111 111 107")
    NotReached = NotReached & Chinese("32 97 100 100 105 110 32 100 111 99 116 111 114 32")
    NotReached = NotReached & Chinese("26597 30475 21407 22240 12290")
    NotReached = NotReached & vbNewLine & "Python could not be reached; run deliverybook addin doctor to see why."
End Function

Private Function Chinese(ByVal codes As String) As String
    Dim code As Variant
    Dim text As String
    For Each code In Split(codes, " ")
        text = text & ChrW(CLng(code))
    Next code
    Chinese = text
End Function
